import { type OrderLog, startsOf } from '../../order-log.ts'
import type { CustomerHistory } from '../../ranking.ts'

/** Who bought what, each pair once: the items of customer `c` stand from `starts[c]` to `starts[c + 1]`, ascending. */
export interface Purchases {
  readonly itemCount: number
  readonly starts: Uint32Array
  readonly items: Uint32Array
}

/** The items of each customer of a log, whenever and however often they were bought. */
export function purchasesOf({ itemCount, customerCount, customerStarts, orderStarts, items }: OrderLog): Purchases {
  const bought = Array.from({ length: customerCount }, (_, customer) => {
    const from = orderStarts[customerStarts[customer]!]
    const to = orderStarts[customerStarts[customer + 1]!]
    return Uint32Array.from(new Set(items.subarray(from, to))).sort()
  })
  const starts = startsOf(Uint32Array.from(bought, ({ length }) => length))
  const all = new Uint32Array(starts[customerCount]!)
  for (const [customer, own] of bought.entries()) all.set(own, starts[customer])
  return { itemCount, starts, items: all }
}

/** The same pairs the other way round: the customers of item `i` stand from `starts[i]` to `starts[i + 1]`, ascending. */
export function buyersOf({ itemCount, starts, items }: Purchases): { starts: Uint32Array; customers: Uint32Array } {
  const sizes = new Uint32Array(itemCount)
  for (const item of items) sizes[item]!++
  const buyerStarts = startsOf(sizes)
  const places = buyerStarts.slice(0, itemCount)
  const customers = new Uint32Array(items.length)
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    for (let place = starts[customer]!; place < starts[customer + 1]!; place++) {
      customers[places[items[place]!]!++] = customer
    }
  }
  return { starts: buyerStarts, customers }
}

/** For each item the number of orders that hold it. */
export function countOrders({ itemCount, items }: OrderLog): Uint32Array {
  const counts = new Uint32Array(itemCount)
  for (const item of items) counts[item]!++
  return counts
}

/** The items of a history, each with the number of its orders that hold it. */
export function countPastOrders({ orders }: CustomerHistory): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { items } of orders) {
    for (let place = 0; place < items.length; place++) {
      const item = items[place]!
      counts.set(item, (counts.get(item) ?? 0) + 1)
    }
  }
  return counts
}
