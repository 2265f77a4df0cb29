import { orderCancelled } from '@cartograph/contracts'
import { Refused, validationError } from '@cartograph/error-catalogue'
import { mailQueue } from '@cartograph/mail'
import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { settlementQueue } from '../messaging/job-queues.ts'
import type { OrderServices } from './order-services.ts'
import { changeOrder } from './change-order.ts'
import { insertRefund } from './insert-refund.ts'
import { isBuyer } from './order-access.ts'
import { insertEvent } from './insert-event.ts'
import type { OrderLine } from './order-line.ts'
import type { CancelReason, Order } from './order.ts'

/**
 * Calls an order off of which nothing was sent, for its buyer and for staff who may write orders: what was sold can be
 * sold again, and what is held, or was taken, of the money is let go of, or given back, by a job of this transaction.
 */
export async function cancelOrder(
  services: OrderServices,
  viewer: Viewer,
  { orderId, reason, idempotencyKey }: { orderId: string; reason: CancelReason; idempotencyKey: string },
): Promise<void> {
  await changeOrder(services, {
    viewer,
    orderId,
    idempotencyKey,
    request: ['cancel', reason],
    isAllowed: (order) => isBuyer(viewer, order) || viewer.may('orders:write'),
    make: async (tx, order, lines) => {
      if (order.status !== 'CONFIRMED' || order.unitsFulfilled > 0) {
        const message = 'An order that was sent, refunded or called off cannot be called off.'
        throw new Refused([validationError('NOT_CANCELLABLE', message, ['orderId'])])
      }
      await callOff(tx, services, order, lines, reason, services.now())
    },
  })
}

/** Calls off an order that is held, with all that follows from it. */
export async function callOff(
  tx: Database,
  services: OrderServices,
  order: Order,
  lines: readonly OrderLine[],
  reason: CancelReason,
  at: Date,
): Promise<void> {
  const { outbox, jobs } = services
  const { id: orderId, checkoutId, customerId } = order
  await tx.$executeRaw`
    update customer_order set cancelled_at = greatest(${at.toISOString()}::timestamptz, placed_at),
      cancel_reason = ${reason}::"CancelReason", version = version + 1
    where id = ${orderId}::uuid`
  await insertEvent(tx, orderId, 'CANCELLED', at)
  const back = lines
    .map(({ variantId, productId, quantity, withdrawn }) => ({ variantId, productId, quantity: quantity - withdrawn }))
    .filter(({ quantity }) => quantity > 0)
  await outbox.publish(tx, orderCancelled, {
    aggregateId: orderId,
    aggregateVersion: order.version + 1,
    occurredAt: at,
    payload: { orderId, checkoutId, customerId, lines: back },
  })
  const [payment] = await tx.$queryRaw<{ captured: boolean }[]>`
    select captured_at is not null as captured from payment where order_id = ${orderId}::uuid and voided_at is null`
  if (payment?.captured) await insertRefund(tx, services, order, { amount: restOf(order), reason: null, lines: [] })
  // Not taken yet, or taken this moment: the job finds out, and lets go of it or gives it back.
  else if (payment) await jobs.enqueue(tx, settlementQueue, [{ data: { orderId } }])
  if (order.email !== null) await jobs.enqueue(tx, mailQueue, [{ data: { kind: 'cancelled', orderId } }])
}

/** What was paid and is not given back. */
export const restOf = ({ total, refunded }: Order): number => total.minorUnits - refunded.minorUnits
