import { byKey, sumsBy } from './group.ts'
import type { Invariant } from './rows.ts'

/**
 * Of no variant more is sold and held than was received: by what orders say was bought and did not come back, with what
 * inventory still holds for checkouts.
 */
export const soldWithinReceived: Invariant = (rows) => {
  const variantOf = new Map(rows.levels.map(({ id, variantId }) => [id, variantId]))
  const ofLevel = ({ levelId }: { levelId: string }) => variantOf.get(levelId) ?? levelId
  const received = sumsBy(
    rows.movements.filter(({ reason }) => reason === 'RECEIPT'),
    ofLevel,
    ({ delta }) => delta,
  )
  const orders = byKey(rows.orders, ({ id }) => id)
  const ofVariant = ({ variantId }: { variantId: string }) => variantId
  const quantity = (line: { quantity: number }) => line.quantity
  const sold = sumsBy(
    rows.orderLines.filter(({ orderId }) => !orders.get(orderId)?.cancelled),
    ofVariant,
    quantity,
  )
  const back = sumsBy(
    rows.refundLines.filter(({ orderId, restocked }) => restocked && !orders.get(orderId)?.cancelled),
    ofVariant,
    quantity,
  )
  const held = new Set(rows.reservations.filter(({ state }) => state === 'HELD').map(({ checkoutId }) => checkoutId))
  const promised = sumsBy(
    rows.reservationLines.filter(({ checkoutId }) => held.has(checkoutId)),
    ofLevel,
    quantity,
  )
  return [...new Set([...sold.keys(), ...promised.keys()])].flatMap((variantId) => {
    const of = (sums: ReadonlyMap<string, number>) => sums.get(variantId) ?? 0
    const out = of(sold) - of(back) + of(promised)
    if (out <= of(received)) return []
    return [
      `of variant ${variantId} ${of(received)} units were received, and ${of(sold) - of(back)} are sold and ${of(promised)} held`,
    ]
  })
}
