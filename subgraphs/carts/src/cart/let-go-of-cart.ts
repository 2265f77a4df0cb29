import type { Database } from '../database.ts'
import { lockCartRow } from './lock-cart.ts'

/**
 * Lets go of the cart that this checkout holds, and remembers that it has: a lock that comes later, or is under way now,
 * holds nothing in the end. Of a cart that it does not hold, nothing changes.
 */
export async function letGoOfCart(
  tx: Database,
  { checkoutId, cartId }: { checkoutId: string; cartId: string },
): Promise<Record<string, never>> {
  // The row first: a lock under way is waited for and undone below, and one that comes later reads what is written here.
  await lockCartRow(tx, cartId)
  await tx.$executeRaw`
    with ended as (
      insert into ended_checkout (checkout_id) values (${checkoutId}::uuid) on conflict (checkout_id) do nothing
    )
    update cart set locked_by = null, updated_at = clock_timestamp()
    where id = ${cartId}::uuid and locked_by = ${checkoutId}::uuid`
  return {}
}
