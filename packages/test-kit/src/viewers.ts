import { randomUUID } from 'node:crypto'
import { guestClaims, scopesOfRoles, serviceClaims, type ViewerClaims } from '@cartograph/viewer'

export const guest = (cartToken: string | null = null): ViewerClaims => guestClaims('test', cartToken)

/** A user, of whom nobody has heard yet where no id is given. */
export const user = (
  id: string = randomUUID(),
  scopes: string[] = [],
  cartToken: string | null = null,
): ViewerClaims => ({ kind: 'user', id, scopes, cartToken, sessionId: null, clientAddress: null, requestId: 'test' })

/**
 * Everybody but the owner of something that no scope opens, with the code of the refusal: another user, staff with every
 * scope there is, a guest and another service.
 */
export const strangers = () =>
  [
    [user(), 'FORBIDDEN'],
    [user(undefined, scopesOfRoles(['ADMIN', 'SUPPORT', 'MERCHANDISER', 'WAREHOUSE'])), 'FORBIDDEN'],
    [guest(), 'UNAUTHENTICATED'],
    [serviceClaims('another', 'test'), 'FORBIDDEN'],
  ] as const
