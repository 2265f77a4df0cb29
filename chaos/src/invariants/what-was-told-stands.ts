import { tryUuid } from './uuid-of.ts'
import { byKey } from './group.ts'
import type { Invariant } from './rows.ts'

/**
 * Whatever a buyer or the staff was told is so: the checkout is there and ended as they heard, the order stands, and a
 * change that was answered was made, once.
 */
export const whatWasToldStands: Invariant = ({ checkouts, orders, refunds, told }) => {
  const checkoutOf = byKey(checkouts, ({ id }) => id)
  const orderOf = byKey(orders, ({ id }) => id)
  const ofPurchases = told.purchases.flatMap(({ checkoutId, status, orderId }) => {
    if (checkoutId === null) return []
    const checkout = checkoutOf.get(tryUuid('Checkout', checkoutId))
    if (!checkout) return [`a buyer was told of checkout ${checkoutId}, which is not there`]
    if (status === 'REFUSED') return checkout.refused ? [] : [`checkout ${checkoutId} was called refused, and is not`]
    if (status === null) return []
    return checkout.orderId === tryUuid('Order', orderId ?? '')
      ? []
      : [`checkout ${checkoutId} was told to have placed ${orderId}, and has ${checkout.orderId}`]
  })
  const refundsBy = Map.groupBy(refunds, ({ orderId, reason }) => `${orderId} ${reason}`)
  const ofChanges = told.changes.flatMap(({ orderId, kind, key, wasMade }) => {
    const id = tryUuid('Order', orderId)
    if (kind === 'cancel') {
      return wasMade === orderOf.get(id)?.cancelled
        ? []
        : [`cancelling ${orderId} was ${wasMade ? 'made' : 'refused'}, and the order is not so`]
    }
    if (kind === 'fulfill') return []
    const count = refundsBy.get(`${id} ${key}`)?.length ?? 0
    return count === (wasMade ? 1 : 0)
      ? []
      : [`refund ${key} of ${orderId} was ${wasMade ? 'made' : 'refused'}, and is there ${count} times`]
  })
  return [...ofPurchases, ...ofChanges]
}
