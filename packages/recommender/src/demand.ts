import type { OrderLog } from './order-log.ts'

/** How much each item is bought, counted in orders. */
export interface Demand {
  /** With a weight that halves every 10 days. */
  readonly recent: Float64Array
  /** With a weight that halves every 30 days. */
  readonly lately: Float64Array
  /** All orders there ever were. */
  readonly total: Float64Array
}

export const demandHalfLives = { recent: 10, lately: 30 } as const

/** The demand at a time, of a log that ends before it. */
export function demandOf({ itemCount, orderStarts, items, placedAt }: OrderLog, now: number): Demand {
  const demand = {
    recent: new Float64Array(itemCount),
    lately: new Float64Array(itemCount),
    total: new Float64Array(itemCount),
  }
  for (const [order, at] of placedAt.entries()) {
    const recent = 2 ** ((at - now) / demandHalfLives.recent)
    const lately = 2 ** ((at - now) / demandHalfLives.lately)
    for (let place = orderStarts[order]!; place < orderStarts[order + 1]!; place++) {
      const item = items[place]!
      demand.recent[item]! += recent
      demand.lately[item]! += lately
      demand.total[item]! += 1
    }
  }
  return demand
}
