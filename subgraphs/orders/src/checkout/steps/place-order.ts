import { randomUUID } from 'node:crypto'
import { orderPlaced } from '@cartograph/contracts'
import { mailQueue } from '@cartograph/mail'
import { orderOfCheckout } from '../../order/order-of-checkout.ts'
import type { Database } from '../../database.ts'
import type { OrderServices } from '../../order/order-services.ts'
import type { CheckoutStep } from '../checkout-step.ts'
import type { Checkout } from '../checkout.ts'

/** Writes the order, the event that tells of it and the confirmation to be sent, all in one transaction. */
export const placeOrderStep: CheckoutStep = {
  from: 'PAYMENT_AUTHORIZED',
  to: 'ORDERED',
  take: async () => ({ orderId: randomUUID() }),
  writes: ({ now, payments }, checkout, change) =>
    orderOfCheckout({ checkout, orderId: change.orderId!, placedAt: now(), provider: payments.name }),
  consequences: () => tellOfOrder,
}

async function tellOfOrder(
  tx: Database,
  { now, outbox, jobs }: OrderServices,
  { id: checkoutId, cartId, customerId, purchase, orderId }: Checkout,
): Promise<void> {
  const placedAt = now()
  await outbox.publish(tx, orderPlaced, {
    aggregateId: orderId!,
    aggregateVersion: 1,
    occurredAt: placedAt,
    payload: {
      orderId: orderId!,
      checkoutId,
      cartId,
      customerId,
      placedAt: placedAt.toISOString(),
      lines: purchase!.lines.map(({ variantId, productId, quantity }) => ({ variantId, productId, quantity })),
    },
  })
  await jobs.enqueue(tx, mailQueue, [{ data: { kind: 'confirmation', orderId } }])
}
