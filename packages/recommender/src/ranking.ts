import type { Demand } from './demand.ts'
import type { Model } from './model.ts'
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

/** Something that was looked at or put into a cart: a weight of 1 is what a purchase would say. */
export interface Interest {
  readonly item: number
  readonly weight: number
}

/** What is known of one customer: orders in the order of time, and what they are interested in beside. */
export interface CustomerHistory {
  readonly orders: readonly PastOrder[]
  readonly interests?: readonly Interest[]
}

export interface RankingRequest {
  readonly model: Model
  /** At `now`; the same object for the same demand, and never changed. */
  readonly demand: Demand
  readonly history: CustomerHistory
  /** In days since 1970. */
  readonly now: number
  /** How many items at most. */
  readonly count: number
  /** What must not be among them. */
  readonly excluded?: ReadonlySet<number>
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

/** The items of a history, each once: the one bought last comes first. */
export function itemsBought({ orders }: CustomerHistory): Set<number> {
  const bought = new Set<number>()
  for (let place = orders.length - 1; place >= 0; place--) {
    const { items } = orders[place]!
    for (let at = 0; at < items.length; at++) bought.add(items[at]!)
  }
  return bought
}
