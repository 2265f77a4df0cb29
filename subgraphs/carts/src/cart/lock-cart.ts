import { Refused } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { type Cart, cartColumns, cartOf, type CartRow } from './cart.ts'
import { mayChangeCart } from './cart-access.ts'
import { cartCheckedOut, cartLocked, cartNotFound, cartVersionConflict } from './cart-refusals.ts'

/**
 * The cart as it is now, held until the transaction ends, so that the writers of one cart follow each other. Refuses a
 * cart that the viewer may not change, was merged or is abandoned as if there were none, then one that is bought, held
 * by a checkout, or has another version.
 */
export async function lockCart(
  tx: Database,
  viewer: Viewer,
  cartId: string,
  expectedVersion: number | null,
): Promise<Cart> {
  const cart = await lockCartRow(tx, cartId)
  if (!cart || isGone(cart) || !mayChangeCart(viewer, cart.access)) throw new Refused([cartNotFound])
  if (cart.status === 'CHECKED_OUT') throw new Refused([cartCheckedOut(['cartId'])])
  if (cart.status === 'CHECKING_OUT') throw new Refused([cartLocked(['cartId'])])
  if (expectedVersion !== null && expectedVersion !== cart.version)
    throw new Refused([cartVersionConflict(cart.version)])
  return cart
}

/** The cart as it is now, held until the transaction ends; null when there is none. */
export async function lockCartRow(tx: Database, cartId: string): Promise<Cart | null> {
  const [row] = await tx.$queryRaw<CartRow[]>`select ${cartColumns} from cart c where c.id = ${cartId}::uuid for update`
  return row ? cartOf(row) : null
}

/** What is left to do with such a cart is what is to be done without one: open another. */
export function isGone({ status }: Cart): boolean {
  return status === 'MERGED' || status === 'ABANDONED'
}
