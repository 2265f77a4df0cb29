import { createHash } from 'node:crypto'
import { notFound, Refused, refuseIfAny } from '@cartograph/error-catalogue'
import { mailQueue } from '@cartograph/mail'
import { crashPoint } from '@cartograph/service-runtime'
import type { Viewer } from '@cartograph/viewer'
import { callerOf } from '../checkout/buyer.ts'
import { checkIdempotencyKey } from '../checkout/check-request.ts'
import { keyReused } from '../checkout/checkout-refusals.ts'
import type { Database } from '../database.ts'
import { settlementQueue } from '../messaging/job-queues.ts'
import { eraseBuyers } from './erase-buyers.ts'
import type { OrderServices } from './order-services.ts'
import { findLinesOfOrders } from './find-orders.ts'
import { lockOrder } from './lock-order.ts'
import type { OrderLine } from './order-line.ts'
import type { Order } from './order.ts'

export interface OrderChange {
  readonly viewer: Viewer
  readonly orderId: string
  readonly idempotencyKey: string
  /** What is asked for: the same key with something else is refused. */
  readonly request: unknown
  /** To those who may not, there is no such order. */
  readonly isAllowed: (order: Order) => boolean
  /** Made while the order is held: changes of one order follow each other. Throws Refused to make none. */
  readonly make: (tx: Database, order: Order, lines: readonly OrderLine[]) => Promise<void>
}

/**
 * Changes an order once for each key of a caller, in one transaction with the events and jobs that follow from it. The
 * same key and request, also at once, change nothing more; with another request it is refused.
 */
export async function changeOrder(services: OrderServices, change: OrderChange): Promise<void> {
  const { db, outbox, jobs, now } = services
  const { viewer, orderId, idempotencyKey } = change
  refuseIfAny(checkIdempotencyKey(idempotencyKey))
  const missing = new Refused([notFound('The order does not exist.', ['orderId'])])
  const caller = callerOf(viewer)
  if (caller === null) throw missing
  const hash = createHash('sha256')
    .update(JSON.stringify([orderId, change.request]))
    .digest('base64')
  await db.$transaction(async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order || !change.isAllowed(order)) throw missing
    const isNew = await tx.$executeRaw`
      insert into order_request (caller, idempotency_key, request_hash, order_id, created_at)
      values (${caller}, ${idempotencyKey}, decode(${hash}, 'base64'), ${orderId}::uuid,
        ${now().toISOString()}::timestamptz)
      on conflict (caller, idempotency_key) do nothing`
    if (isNew === 1) {
      await change.make(tx, order, await findLinesOfOrders(tx, [orderId]))
      // A customer who is gone has waited for no more than this.
      await eraseBuyers(tx, { orderId })
    } else if (!(await isSameRequest(tx, caller, idempotencyKey, hash))) throw new Refused([keyReused()])
    crashPoint('order change before commit')
  })
  crashPoint('order change before answer')
  outbox.wake()
  jobs.wake(settlementQueue)
  jobs.wake(mailQueue)
}

async function isSameRequest(tx: Database, caller: string, idempotencyKey: string, hash: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ same: boolean }[]>`
    select request_hash = decode(${hash}, 'base64') as same from order_request
    where caller = ${caller} and idempotency_key = ${idempotencyKey}`
  return row?.same === true
}
