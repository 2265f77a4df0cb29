/**
 * What customers bought, as numbers: customers and items count from 0, times are days since 1970 (UTC) with fractions.
 * The orders of customer `c` stand from `customerStarts[c]` to `customerStarts[c + 1]`, in the order of time; the items
 * of order `o` from `orderStarts[o]` to `orderStarts[o + 1]`, each once and ascending. Never changed once built, so that
 * threads may share it.
 */
export interface OrderLog {
  readonly itemCount: number
  readonly customerCount: number
  readonly customerStarts: Uint32Array
  readonly orderStarts: Uint32Array
  readonly items: Uint32Array
  readonly placedAt: Float64Array
}

/** An order on its way into a log; an item named twice counts once. */
export interface LoggedOrder {
  readonly customer: number
  readonly placedAt: number
  readonly items: readonly number[] | Uint32Array
}

const millisecondsOfDay = 86_400_000

/** A time as a log has it: days since 1970, with fractions. */
export function daysOf(time: Date): number {
  return time.getTime() / millisecondsOfDay
}

/**
 * A log of these orders, in any order given; orders of one customer at one time stay in the order given. An order without
 * items is left out.
 */
export function buildOrderLog(itemCount: number, customerCount: number, orders: readonly LoggedOrder[]): OrderLog {
  const sizes = new Uint32Array(customerCount)
  const kept = orders.filter(({ items }) => items.length > 0)
  for (const { customer } of kept) sizes[customer]!++
  const customerStarts = startsOf(sizes)
  const places = customerStarts.slice(0, customerCount)
  const byCustomer = Array.from<LoggedOrder>({ length: kept.length })
  for (const order of kept) byCustomer[places[order.customer]!++] = order
  for (let customer = 0; customer < customerCount; customer++) {
    const [from, to] = [customerStarts[customer]!, customerStarts[customer + 1]!]
    const sorted = byCustomer.slice(from, to).toSorted((one, other) => one.placedAt - other.placedAt)
    for (const [place, order] of sorted.entries()) byCustomer[from + place] = order
  }
  const baskets = byCustomer.map(({ items }) => Uint32Array.from(new Set(items)).sort())
  const orderStarts = startsOf(Uint32Array.from(baskets, ({ length }) => length))
  const items = new Uint32Array(orderStarts[baskets.length]!)
  for (const [order, basket] of baskets.entries()) items.set(basket, orderStarts[order])
  return {
    itemCount,
    customerCount,
    customerStarts,
    orderStarts,
    items,
    placedAt: Float64Array.from(byCustomer, ({ placedAt }) => placedAt),
  }
}

/** The orders that were placed before a time; customers and items keep their numbers, also those with nothing left. */
export function ordersBefore(log: OrderLog, time: number): OrderLog {
  const { customerCount, customerStarts, orderStarts, items, placedAt } = log
  const kept = new Uint32Array(placedAt.length)
  const sizes = new Uint32Array(customerCount)
  let count = 0
  for (let customer = 0; customer < customerCount; customer++) {
    for (let order = customerStarts[customer]!; order < customerStarts[customer + 1]!; order++) {
      if (placedAt[order]! >= time) break
      kept[count++] = order
      sizes[customer]!++
    }
  }
  const keptStarts = startsOf(
    Uint32Array.from(kept.subarray(0, count), (order) => orderStarts[order + 1]! - orderStarts[order]!),
  )
  const keptItems = new Uint32Array(keptStarts[count]!)
  for (let place = 0; place < count; place++) {
    const order = kept[place]!
    keptItems.set(items.subarray(orderStarts[order], orderStarts[order + 1]), keptStarts[place])
  }
  return {
    ...log,
    customerStarts: startsOf(sizes),
    orderStarts: keptStarts,
    items: keptItems,
    placedAt: Float64Array.from(kept.subarray(0, count), (order) => placedAt[order]!),
  }
}

/** Where each of these runs begins when they stand one after the other, and where the last ends. */
export function startsOf(sizes: Uint32Array): Uint32Array {
  const starts = new Uint32Array(sizes.length + 1)
  for (let place = 0; place < sizes.length; place++) starts[place + 1] = starts[place]! + sizes[place]!
  return starts
}
