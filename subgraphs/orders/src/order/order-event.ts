export type OrderEventType = 'PLACED' | 'PAID' | 'SHIPPED' | 'FULFILLED' | 'CANCELLED' | 'PAYMENT_VOIDED' | 'REFUNDED'

export interface OrderEvent {
  readonly id: string
  readonly type: OrderEventType
  readonly at: Date
  readonly message: string
}

/** What an order's timeline says of an event, in words for the customer. */
export const eventMessages: Record<OrderEventType, string> = {
  PLACED: 'The order was placed.',
  PAID: 'It was paid.',
  SHIPPED: 'A part of it was sent.',
  FULFILLED: 'All of it was sent.',
  CANCELLED: 'The order was called off.',
  PAYMENT_VOIDED: 'Nothing is to pay any more.',
  REFUNDED: 'Money was given back.',
}
