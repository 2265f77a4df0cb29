import { byKey } from './group.ts'
import type { Invariant } from './rows.ts'

/** A cart is closed exactly when its order stands, and no cart is held by a checkout that has ended. */
export const cartsCloseWithOrders: Invariant = ({ carts, checkouts }) => {
  const orderOf = byKey(
    checkouts.filter(({ orderId }) => orderId !== null),
    ({ cartId }) => cartId,
  )
  return carts.flatMap(({ id, status, lockedBy }) => {
    const checkout = orderOf.get(id)
    if (checkout && status !== 'CHECKED_OUT')
      return [`cart ${id} was bought with order ${checkout.orderId}, and is ${status}`]
    if (!checkout && status === 'CHECKED_OUT') return [`cart ${id} is closed, and no order came of it`]
    return lockedBy === null ? [] : [`cart ${id} is still held by checkout ${lockedBy}`]
  })
}
