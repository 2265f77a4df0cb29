import type { Rows } from './rows.ts'

/** A shop in which one order was placed, one was called off, one checkout was refused, and all is as it must be. */
export function soundRows(): Rows {
  const checkout = { caller: 'user:u', customerId: 'u', card: 'sandbox_visa', createdAt: 0, endedAt: 1 }
  const order = { customerId: 'u', currencyCode: 'GBP', shipping: 5, tax: 0, taxIncluded: true, refunded: 0 }
  return {
    checkouts: [
      { ...checkout, id: 'c1', key: 'k1', cartId: 'cart1', refused: false, orderId: 'o1', total: 25 },
      { ...checkout, id: 'c2', key: 'k2', cartId: 'cart2', refused: false, orderId: 'o2', total: 15 },
      { ...checkout, id: 'c3', key: 'k3', cartId: 'cart3', refused: true, orderId: null, total: 15 },
    ],
    orders: [
      { ...order, id: 'o1', checkoutId: 'c1', subtotal: 20, total: 25, refunded: 10, cancelled: false },
      { ...order, id: 'o2', checkoutId: 'c2', subtotal: 10, total: 15, cancelled: true },
    ],
    orderLines: [
      { orderId: 'o1', variantId: 'v', productId: 'p', quantity: 2, unitPrice: 10 },
      { orderId: 'o2', variantId: 'v', productId: 'p', quantity: 1, unitPrice: 10 },
    ],
    payments: [
      { orderId: 'o1', reference: 'b1', amount: 25, captured: true, voided: false },
      { orderId: 'o2', reference: 'b2', amount: 15, captured: false, voided: true },
    ],
    refunds: [{ id: 'r1', orderId: 'o1', amount: 10, reason: 'refund-1', completed: true }],
    refundLines: [{ refundId: 'r1', orderId: 'o1', variantId: 'v', quantity: 1, restocked: true }],
    bookedPayments: [
      { id: 'b1', key: 'c1', currencyCode: 'GBP', amount: 25, status: 'CAPTURED', refunded: 10 },
      { id: 'b2', key: 'c2', currencyCode: 'GBP', amount: 15, status: 'VOIDED', refunded: 0 },
      { id: 'b3', key: 'c3', currencyCode: 'GBP', amount: 15, status: 'VOIDED', refunded: 0 },
    ],
    bookedRefunds: [{ key: 'r1', paymentId: 'b1', amount: 10 }],
    levels: [{ id: 'l', variantId: 'v', onHand: 2, reserved: 0 }],
    movements: [
      { levelId: 'l', delta: 3, reason: 'RECEIPT', onHandAfter: 3 },
      { levelId: 'l', delta: -2, reason: 'SALE', onHandAfter: 1 },
      { levelId: 'l', delta: -1, reason: 'SALE', onHandAfter: 0 },
      { levelId: 'l', delta: 1, reason: 'CANCELLATION', onHandAfter: 1 },
      { levelId: 'l', delta: 1, reason: 'RETURN', onHandAfter: 2 },
    ],
    reservations: [
      { checkoutId: 'c1', state: 'COMMITTED' },
      { checkoutId: 'c2', state: 'COMMITTED' },
      { checkoutId: 'c3', state: 'RELEASED' },
    ],
    reservationLines: [
      { checkoutId: 'c1', levelId: 'l', quantity: 2, returned: 1 },
      { checkoutId: 'c2', levelId: 'l', quantity: 1, returned: 1 },
    ],
    carts: [
      { id: 'cart1', status: 'CHECKED_OUT', lockedBy: null },
      { id: 'cart2', status: 'CHECKED_OUT', lockedBy: null },
      { id: 'cart3', status: 'ACTIVE', lockedBy: null },
    ],
    purchased: [{ orderId: 'o1', productId: 'p', userId: 'u', quantity: 2 }],
    inbox: [
      { service: 'inventory', key: 'orders.order-placed.v1 e1' },
      { service: 'inventory', key: 'inventory.reserve-stock.v1 c1:reserve-stock' },
    ],
    deliveries: [{ from: 'orders', to: 'inventory', event: 'orders.order-placed.v1', eventId: 'e1' }],
    deadJobs: [],
    mails: ['confirmation-o1', 'confirmation-o2', 'cancelled-o2', 'refunded-r1'].map((name) => `order-${name}.eml`),
    told: { purchases: [], changes: [{ orderId: 'o1', kind: 'refund', key: 'refund-1', wasMade: true }] },
  }
}
