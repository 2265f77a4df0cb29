import type { Database } from '../database.ts'
import { callOff } from './cancel-order.ts'
import { findLinesOfOrders } from './find-orders.ts'
import { insertEvent } from './insert-event.ts'
import { lockOrder } from './lock-order.ts'
import type { OrderServices } from './order-services.ts'
import { recordVoid } from './record-void.ts'

/** Writes that the money held for an order is gone before it was taken, and calls the order off if it still stands. */
export async function settleLostPayment(
  tx: Database,
  services: OrderServices,
  orderId: string,
  at: Date,
): Promise<void> {
  const order = (await lockOrder(tx, orderId))!
  if (await recordVoid(tx, orderId, at)) await insertEvent(tx, orderId, 'PAYMENT_VOIDED', at)
  if (order.cancelledAt === null)
    await callOff(tx, services, order, await findLinesOfOrders(tx, [orderId]), 'OTHER', at)
}
