import { timingSafeEqual } from 'node:crypto'
import type { Viewer } from '@cartograph/viewer'
import type { CartAccess } from './cart.ts'
import { cartTokenHash } from './cart-token.ts'

/** Who comes for a cart: a signed-in user, and the SHA-256 of a token that they bring. */
export interface CartHolder {
  readonly userId: string | null
  readonly tokenHash: Uint8Array | null
}

/** A cart is changed by its user or, a guest's, by whoever has its token. */
export function mayChangeCart({ userId, cartToken }: Viewer, access: CartAccess): boolean {
  if (access.openedByViewer) return true
  // Hashed where it matters alone: this is asked of each line of a list.
  const tokenHash = access.userId === null && cartToken !== null ? cartTokenHash(cartToken) : null
  return isHolder({ userId, tokenHash }, access)
}

/** Whether the cart is theirs to change and to buy. Compares tokens in constant time. */
export function isHolder({ userId, tokenHash }: CartHolder, access: CartAccess): boolean {
  if (access.userId !== null) return userId === access.userId
  if (access.tokenHash === null || tokenHash?.length !== access.tokenHash.length) return false
  return timingSafeEqual(tokenHash, access.tokenHash)
}

/** Seen by whoever may change it, and by staff who may read carts. */
export function maySeeCart(viewer: Viewer, access: CartAccess): boolean {
  return viewer.may('carts:read') || mayChangeCart(viewer, access)
}

/** Whether there is a cart of this user is for the user alone to know, and for staff who may read carts. */
export function maySeeCartOfUser(viewer: Viewer, userId: string | null): boolean {
  return userId !== null && (viewer.userId === userId || viewer.may('carts:read'))
}
