import type { Cartograph } from './cartograph.ts'
import { orderToSend, sendOrder as sendOrderMutation } from './operations.ts'

/**
 * Sends what is left of an order, and tells the shop; answers how many units. `key` names the cause, so that an event that comes
 * twice sends nothing twice.
 */
export async function sendOrder(
  shop: Cartograph,
  orderId: string,
  key: string,
  trackingNumber: string,
): Promise<number> {
  const { order } = await shop.read(orderToSend, { orderId })
  if (!order) throw new Error(`The shop shows no order ${orderId}.`)
  const lines = order.lines
    .map(({ id, quantity, fulfilledQuantity, refundedQuantity }) => ({
      orderLineId: id,
      quantity: quantity - fulfilledQuantity - refundedQuantity,
    }))
    .filter(({ quantity }) => quantity > 0)
  if (lines.length === 0) return 0
  const { orderFulfill } = await shop.change(sendOrderMutation, {
    orderId,
    lines,
    trackingNumber,
    idempotencyKey: key,
  })
  const [refusal] = orderFulfill?.userErrors ?? []
  if (refusal || !orderFulfill?.order) throw new Error(refusal?.message ?? 'The shop did not take it.')
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}
