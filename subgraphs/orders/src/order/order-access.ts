import { timingSafeEqual } from 'node:crypto'
import type { Viewer } from '@cartograph/viewer'
import { tokenHash } from '../checkout/buyer.ts'

/** Whose a purchase is: a user's, or whoever's that has the token of the cart that was bought. */
export interface PurchaseAccess {
  readonly customerId: string | null
  readonly guestTokenHash: Uint8Array | null
}

/** Compares tokens in constant time. An imported order of a guest is nobody's. */
export function isBuyer(viewer: Viewer, { customerId, guestTokenHash }: PurchaseAccess): boolean {
  if (customerId !== null) return viewer.userId === customerId
  return (
    guestTokenHash !== null && viewer.cartToken !== null && timingSafeEqual(tokenHash(viewer.cartToken), guestTokenHash)
  )
}

/** An order and its checkout are their buyer's, and of staff who may read orders. */
export function maySeePurchase(viewer: Viewer, access: PurchaseAccess): boolean {
  return isBuyer(viewer, access) || viewer.may('orders:read')
}

/** The list of a user's orders is that user's, and of staff who may read orders. */
export function maySeeOrdersOf(viewer: Viewer, customerId: string | null): boolean {
  return (viewer.userId !== null && viewer.userId === customerId) || viewer.may('orders:read')
}
