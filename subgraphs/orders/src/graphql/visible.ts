import type { OrdersContext } from '../context.ts'
import { maySeePurchase, type PurchaseAccess } from '../order/order-access.ts'

/** The order or checkout, or null when there is none that the viewer may see: to anybody else it does not exist. */
export function visible<Purchase extends PurchaseAccess>(
  purchase: Purchase | null,
  { viewer }: OrdersContext,
): Purchase | null {
  return purchase && maySeePurchase(viewer, purchase) ? purchase : null
}
