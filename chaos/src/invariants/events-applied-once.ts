import { byKey, differences, sumsBy } from './group.ts'
import type { Invariant } from './rows.ts'

/**
 * Every event reached each of its subscribers, which noted it once and nothing that was never sent; and what follows
 * from orders in recommendations is there once for each.
 */
export const eventsAppliedOnce: Invariant = ({ deliveries, inbox, orders, orderLines, purchased }) => {
  const one = () => 1
  const sent = sumsBy(
    // Neither notes anything, for being told again changes nothing: gateways remember ended sessions for as long as those
    // could be used, and partners makes no delivery twice.
    deliveries.filter(({ to }) => to !== 'gateway' && to !== 'partners'),
    ({ to, event, eventId }) => `${to} ${event} ${eventId}`,
    one,
  )
  const noted = sumsBy(
    inbox.filter(({ key }) => isEvent(key)),
    ({ service, key }) => `${service} ${key}`,
    one,
  )
  const messages = differences(sent, noted).map(
    ({ key, left, right }) => `event for ${key} was sent ${left} times and noted ${right} times`,
  )
  const orderOf = byKey(orders, ({ id }) => id)
  const effects = differences(
    sumsBy(
      orderLines.filter(({ orderId }) => isPurchase(orderOf.get(orderId))),
      ({ orderId, productId }) => `order ${orderId}, product ${productId}`,
      ({ quantity }) => quantity,
    ),
    sumsBy(
      purchased,
      ({ orderId, productId }) => `order ${orderId}, product ${productId}`,
      ({ quantity }) => quantity,
    ),
  ).map(({ key, left, right }) => `${key}: ${left} were bought, and recommendations counts ${right}`)
  return [...messages, ...effects]
}

/** Keys of commands begin with a command's name, and those hold a verb: carts.lock-cart.v1. */
const isEvent = (key: string) => !/^(carts\.(un)?lock-cart|inventory\.(reserve|release)-stock)\./.test(key)

/** What was bought and not called off. */
const isPurchase = (order: { cancelled: boolean } | undefined) => order !== undefined && !order.cancelled
