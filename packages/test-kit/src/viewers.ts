import { randomUUID } from 'node:crypto'
import { guestClaims, type ViewerClaims } from '@cartograph/viewer'

export const guest = (cartToken: string | null = null): ViewerClaims => guestClaims('test', cartToken)

/** A user, of whom nobody has heard yet where no id is given. */
export const user = (
  id: string = randomUUID(),
  scopes: string[] = [],
  cartToken: string | null = null,
): ViewerClaims => ({ kind: 'user', id, scopes, cartToken, sessionId: null, clientAddress: null, requestId: 'test' })
