import type { orderPlaced } from '@cartograph/contracts'
import type { ReceivedEvent } from '@cartograph/messaging'
import type { z } from 'zod'
import type { Database } from '../database.ts'
import { addDemand } from '../demand/add-demand.ts'
import { followOneOrder } from './follow-one-order.ts'
import { followOneUser } from './follow-one-user.ts'

/**
 * Notes what was bought in an order, the lines of one product together; nothing where it was called off, also when that
 * is told first or at the same time. Whose it was is left out where their account is erased. Demand counts it at once, and the models when they are computed next.
 */
export async function learnOrder(
  tx: Database,
  { payload }: ReceivedEvent<z.output<typeof orderPlaced.payload>>,
): Promise<void> {
  const { orderId, customerId, placedAt, lines } = payload
  await followOneOrder(tx, orderId)
  if (customerId !== null) await followOneUser(tx, customerId)
  const learned = await tx.$queryRaw<{ productId: string }[]>`
    insert into purchase (order_id, product_id, user_id, quantity, at)
    select ${orderId}::uuid, product_id,
      (select ${customerId}::uuid where not exists (select from deleted_user where user_id = ${customerId}::uuid)),
      sum(quantity)::int, ${placedAt}::timestamptz
    from unnest(${lines.map(({ productId }) => productId)}::uuid[], ${lines.map(({ quantity }) => quantity)}::int[])
      as l (product_id, quantity)
    where not exists (select from cancelled_order where order_id = ${orderId}::uuid)
    group by product_id on conflict (order_id, product_id) do nothing
    returning product_id as "productId"`
  if (learned.length > 0) {
    const productIds = learned.map(({ productId }) => productId)
    await addDemand(tx, productIds, placedAt)
  }
}
