export type OrderEventType = 'PLACED' | 'FULFILLED' | 'CANCELLED'

export interface OrderEvent {
  readonly id: string
  readonly type: OrderEventType
  readonly at: Date
  readonly message: string
}

/** What an order's timeline says of an event, in words for the customer. */
export const eventMessages: Record<OrderEventType, string> = {
  PLACED: 'The order was placed.',
  FULFILLED: 'All of it was sent.',
  CANCELLED: 'The order was called off.',
}
