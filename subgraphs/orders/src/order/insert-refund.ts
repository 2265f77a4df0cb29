import { randomUUID } from 'node:crypto'
import type { Database } from '../database.ts'
import { settlementQueue } from '../messaging/job-queues.ts'
import type { OrderServices } from './order-services.ts'
import type { RefundLine } from './order-parts.ts'
import type { Order } from './order.ts'

export interface RefundToInsert {
  /** Minor units. */
  readonly amount: number
  readonly reason: string | null
  readonly lines: readonly Omit<RefundLine, 'orderId'>[]
}

/** Writes a refund of an order that is held, and the job that has the provider make it. Answers its id. */
export async function insertRefund(
  tx: Database,
  { jobs, now }: OrderServices,
  { id: orderId }: Order,
  { amount, reason, lines }: RefundToInsert,
): Promise<string> {
  const [refundId, at] = [randomUUID(), now().toISOString()]
  await tx.$executeRaw`
    with decided as (
      insert into refund (id, order_id, amount, reason, created_at, completed_at)
      values (${refundId}::uuid, ${orderId}::uuid, ${amount}::bigint, ${reason}, ${at}::timestamptz,
        case when ${amount}::bigint = 0 then ${at}::timestamptz end)
      returning id
    ), lines as (
      insert into refund_line (refund_id, order_line_id, quantity, restocked)
      select decided.id, l.* from decided, unnest(${lines.map(({ orderLineId }) => orderLineId)}::uuid[],
        ${lines.map(({ quantity }) => quantity)}::int[], ${lines.map(({ restocked }) => restocked)}::boolean[]) as l
    )
    update customer_order set refunded = refunded + ${amount}::bigint where id = ${orderId}::uuid`
  // What was free is refunded by writing so.
  if (amount > 0) await jobs.enqueue(tx, settlementQueue, [{ data: { refundId } }])
  return refundId
}
