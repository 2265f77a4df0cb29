import { timingSafeEqual } from 'node:crypto'
import type { Viewer } from '@cartograph/viewer'
import type { CartAccess } from './cart.ts'
import { cartTokenHash } from './cart-token.ts'

/** A cart is changed by its user or, a guest's, by whoever has its token. Compares tokens in constant time. */
export function mayChangeCart(viewer: Viewer, { userId, tokenHash, openedByViewer }: CartAccess): boolean {
  if (openedByViewer) return true
  if (userId !== null) return viewer.userId === userId
  return tokenHash !== null && viewer.cartToken !== null && timingSafeEqual(cartTokenHash(viewer.cartToken), tokenHash)
}

/** Seen by whoever may change it, and by staff who may read carts. */
export function maySeeCart(viewer: Viewer, access: CartAccess): boolean {
  return viewer.may('carts:read') || mayChangeCart(viewer, access)
}

/** Whether there is a cart of this user is for the user alone to know, and for staff who may read carts. */
export function maySeeCartOfUser(viewer: Viewer, userId: string | null): boolean {
  return userId !== null && (viewer.userId === userId || viewer.may('carts:read'))
}
