import { Refused } from '@cartograph/error-catalogue'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { type Cart, cartColumns, cartOf, type CartRow } from './cart.ts'
import { mayChangeCart } from './cart-access.ts'
import { cartCheckedOut, cartNotFound, cartVersionConflict } from './cart-refusals.ts'

/**
 * The cart as it is now, held until the transaction ends, so that the writers of one cart follow each other. Refuses a
 * cart that the viewer may not change as if there were none, then one that is checked out or has another version.
 */
export async function lockCart(
  tx: Database,
  viewer: Viewer,
  cartId: string,
  expectedVersion: number | null,
): Promise<Cart> {
  const [row] = await tx.$queryRaw<CartRow[]>`select ${cartColumns} from cart c where c.id = ${cartId}::uuid for update`
  const cart = row && cartOf(row)
  if (!cart || !mayChangeCart(viewer, cart.access)) throw new Refused([cartNotFound])
  if (cart.status !== 'ACTIVE') throw new Refused([cartCheckedOut])
  if (expectedVersion !== null && expectedVersion !== cart.version)
    throw new Refused([cartVersionConflict(cart.version)])
  return cart
}
