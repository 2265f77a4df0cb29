import type { OrderLog } from '../order-log.ts'

/** Of an item's buyers the share that bought it in a second order; towards a fifth where there are few. */
export function repeatShares({ itemCount, customerCount, customerStarts, orderStarts, items }: OrderLog): Float64Array {
  const buyers = new Float64Array(itemCount)
  const repeaters = new Float64Array(itemCount)
  const orders = new Map<number, number>()
  for (let customer = 0; customer < customerCount; customer++) {
    orders.clear()
    const [from, to] = [orderStarts[customerStarts[customer]!]!, orderStarts[customerStarts[customer + 1]!]!]
    for (const item of items.subarray(from, to)) orders.set(item, (orders.get(item) ?? 0) + 1)
    for (const [item, count] of orders) {
      buyers[item]! += 1
      if (count > 1) repeaters[item]! += 1
    }
  }
  return buyers.map((count, item) => (repeaters[item]! + 1) / (count + 5))
}
