import { sumsBy } from './group.ts'
import type { Invariant } from './rows.ts'

/** A key of a caller has one checkout and at most one order, every order has its checkout, and none is bought twice. */
export const oneOrderPerKey: Invariant = ({ checkouts, orders }) => {
  const one = () => 1
  const many = (sums: ReadonlyMap<string, number>, what: (key: string, count: number) => string) =>
    [...sums].filter(([, count]) => count > 1).map(([key, count]) => what(key, count))
  const ofKeys = many(
    sumsBy(checkouts, ({ caller, key }) => `${key} of ${caller}`, one),
    (key, count) => `key ${key} has ${count} checkouts`,
  )
  const ofCheckouts = many(
    sumsBy(orders, ({ checkoutId }) => String(checkoutId), one),
    (id, count) => `checkout ${id} has ${count} orders`,
  )
  const ofCarts = many(
    sumsBy(
      checkouts.filter(({ orderId }) => orderId !== null),
      ({ cartId }) => cartId,
      one,
    ),
    (id, count) => `cart ${id} was bought ${count} times`,
  )
  const placed = new Set(checkouts.map(({ id, orderId }) => `${id} ${orderId}`))
  const there = new Set(orders.map(({ id, checkoutId }) => `${checkoutId} ${id}`))
  const stray = [...there].filter((pair) => !placed.has(pair)).map((pair) => `no checkout placed order ${pair}`)
  const lost = checkouts
    .filter(({ id, orderId }) => orderId !== null && !there.has(`${id} ${orderId}`))
    .map(({ id, orderId }) => `checkout ${id} placed order ${orderId}, which is not there`)
  return [...ofKeys, ...ofCheckouts, ...ofCarts, ...stray, ...lost]
}
