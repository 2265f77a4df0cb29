import type { Database } from '../database.ts'
import { followOneOrder } from './follow-one-order.ts'

/** Forgets what was bought in an order that is called off, and remembers to learn nothing of it later. */
export async function unlearnOrder(tx: Database, orderId: string): Promise<void> {
  await followOneOrder(tx, orderId)
  await tx.$executeRaw`
    with forgotten as (delete from purchase where order_id = ${orderId}::uuid)
    insert into cancelled_order (order_id) values (${orderId}::uuid) on conflict (order_id) do nothing`
}
