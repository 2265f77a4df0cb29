import { byKey, differences, sumsBy } from './group.ts'
import type { Invariant } from './rows.ts'

/**
 * Every order has the units it bought, by the reservation of its checkout, and a checkout that was refused holds none.
 * What came back is what was cancelled, or refunded and restocked.
 */
export const promisesAreKept: Invariant = (rows) => {
  const states = new Map(rows.reservations.map(({ checkoutId, state }) => [checkoutId, state]))
  const wrong = rows.checkouts.flatMap(({ id, orderId, refused }) => {
    const state = states.get(id) ?? 'none'
    if (orderId !== null && state !== 'COMMITTED')
      return [`order ${orderId} stands, and the reservation of its checkout ${id} is ${state}`]
    if (refused && (state === 'HELD' || state === 'COMMITTED'))
      return [`checkout ${id} was refused, and its reservation is ${state}`]
    return []
  })
  const variantOf = new Map(rows.levels.map(({ id, variantId }) => [id, variantId]))
  const orders = byKey(rows.orders, ({ id }) => id)
  const checkoutOf = (orderId: string) => orders.get(orderId)?.checkoutId ?? orderId
  const ofOrderLine = (line: { orderId: string; variantId: string }) => `${checkoutOf(line.orderId)} ${line.variantId}`
  const ofReservation = (line: { checkoutId: string; levelId: string }) =>
    `${line.checkoutId} ${variantOf.get(line.levelId)}`
  const quantity = (line: { quantity: number }) => line.quantity
  const sold = differences(
    sumsBy(rows.orderLines, ofOrderLine, quantity),
    sumsBy(
      rows.reservationLines.filter(({ checkoutId }) => states.get(checkoutId) === 'COMMITTED'),
      ofReservation,
      quantity,
    ),
  ).map(({ key, left, right }) => `checkout and variant ${key}: ${left} were bought, and ${right} taken from stock`)
  const restocked = [
    ...rows.refundLines.filter((line) => line.restocked && !orders.get(line.orderId)?.cancelled),
    ...rows.orderLines.filter(({ orderId }) => orders.get(orderId)?.cancelled),
  ]
  const back = differences(
    sumsBy(restocked, ofOrderLine, quantity),
    sumsBy(rows.reservationLines, ofReservation, ({ returned }) => returned),
  ).map(({ key, left, right }) => `checkout and variant ${key}: ${left} should have come back, and ${right} did`)
  return [...wrong, ...sold, ...back]
}
