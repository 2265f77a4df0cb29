import type { Database } from '../database.ts'
import { recountDemand } from '../demand/recount-demand.ts'
import { followOneOrder } from './follow-one-order.ts'

/**
 * Forgets what was bought in an order that is called off, also in the demand for it, and remembers to learn nothing of it
 * later. It does not matter whether it is told before the order, after it or at the same time.
 */
export async function unlearnOrder(tx: Database, orderId: string): Promise<void> {
  await followOneOrder(tx, orderId)
  const forgotten = await tx.$queryRaw<{ productId: string }[]>`
    with forgotten as (
      delete from purchase where order_id = ${orderId}::uuid returning product_id
    ), noted as (
      insert into cancelled_order (order_id) values (${orderId}::uuid) on conflict (order_id) do nothing
    )
    select product_id as "productId" from forgotten`
  if (forgotten.length > 0) {
    await recountDemand(
      tx,
      forgotten.map(({ productId }) => productId),
    )
  }
}
