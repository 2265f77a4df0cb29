import type { OrdersContext } from '../context.ts'
import { maySeeOrdersOf } from '../order/order-access.ts'
import type { Order } from '../order/order.ts'

/** The order, or null when there is none that the viewer may see: to anybody else it does not exist. */
export function visible(order: Order | null, { viewer }: OrdersContext): Order | null {
  return order && maySeeOrdersOf(viewer, order.customerId) ? order : null
}
