import type { OrderLog } from './order-log.ts'

/** Items, the best first, with scores that are comparable within one ranking. */
export interface Ranking {
  readonly items: Uint32Array
  readonly scores: Float64Array
  /** For each item the one of the history that speaks for it most; -1 where none does. */
  readonly because: Int32Array
}

/** One order of a history: when, in days since 1970, and what, each item once. */
export interface PastOrder {
  readonly placedAt: number
  readonly items: ArrayLike<number>
}

/** What is known of one customer: orders in the order of time. */
export interface CustomerHistory {
  readonly orders: readonly PastOrder[]
}

/** The history of a customer of a log. */
export function historyOf(
  { customerStarts, orderStarts, items, placedAt }: OrderLog,
  customer: number,
): CustomerHistory {
  const orders: PastOrder[] = []
  for (let order = customerStarts[customer]!; order < customerStarts[customer + 1]!; order++) {
    orders.push({ placedAt: placedAt[order]!, items: items.subarray(orderStarts[order], orderStarts[order + 1]) })
  }
  return { orders }
}
