import { createHash } from 'node:crypto'
import type { Viewer } from '@cartograph/viewer'

/** Who buys, and so whose idempotency keys and orders they are: a user, or whoever has the token of a guest's cart. */
export type Buyer =
  | { readonly caller: string; readonly customerId: string; readonly guestTokenHash: null }
  | { readonly caller: string; readonly customerId: null; readonly guestTokenHash: Uint8Array<ArrayBuffer> }

/**
 * The buyer behind a request; null for a guest without a cart, and for another service. A partner buys for whoever's cart it has
 * the token of.
 */
export function buyerOf({ userId, cartToken, kind }: Viewer): Buyer | null {
  if (userId !== null) return { caller: `user:${userId}`, customerId: userId, guestTokenHash: null }
  if ((kind !== 'guest' && kind !== 'partner') || cartToken === null) return null
  const guestTokenHash = tokenHash(cartToken)
  return { caller: `guest:${Buffer.from(guestTokenHash).toString('base64url')}`, customerId: null, guestTokenHash }
}

/** Whose idempotency keys a request has: a buyer's, or a partner's own, that buys nothing itself. Null for nobody's. */
export function callerOf(viewer: Viewer): string | null {
  const partner = viewer.kind === 'partner' && viewer.id !== null ? `partner:${viewer.id}` : null
  return buyerOf(viewer)?.caller ?? partner
}

/** What carts is told of the token that a request came with: its SHA-256, in base64url. */
export function hashOfCartToken({ cartToken }: Viewer): string | null {
  return cartToken === null ? null : Buffer.from(tokenHash(cartToken)).toString('base64url')
}

/** What carts and orders know of a guest's token. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
