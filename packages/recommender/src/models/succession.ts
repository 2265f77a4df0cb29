import type { OrderLog } from '../order-log.ts'
import type { CustomerHistory } from '../ranking.ts'
import { gramMatrix } from './gram-matrix.ts'
import { regressNeighbourhoods } from './neighbourhood-regression.ts'
import { type SparseRows, SparseRowsBuilder } from './sparse-rows.ts'

/** After so many days a purchase counts half for what comes next. */
const halfLife = 120
/** After so many days an order teaches half as much about what follows what. */
const lessonHalfLife = 180
/** However old it is, it teaches something. */
const mostLessonHalfLives = 4
/** Of what came before an order the products bought last, and of a customer the last orders. */
const mostItems = 100
const mostOrders = 20

/**
 * What follows what: row `i` holds how much a past purchase of item `i` speaks for each item of the next order, itself
 * included. A ridge regression of every order on what its customer had bought before.
 */
export function fitSuccession(log: OrderLog, now: number): SparseRows {
  const { itemCount, customerCount, customerStarts, orderStarts, items, placedAt } = log
  const before = new SparseRowsBuilder(itemCount)
  const ordered = new SparseRowsBuilder(itemCount)
  for (let customer = 0; customer < customerCount; customer++) {
    const past = new DecayedPurchases()
    const firstLesson = Math.max(customerStarts[customer]! + 1, customerStarts[customer + 1]! - mostOrders)
    for (let order = customerStarts[customer]!; order < customerStarts[customer + 1]!; order++) {
      const at = placedAt[order]!
      const basket = items.subarray(orderStarts[order], orderStarts[order + 1])
      if (order >= firstLesson) {
        const known = past.at(at)
        const weight = Math.sqrt(2 ** -Math.min((now - at) / lessonHalfLife, mostLessonHalfLives)) * past.size ** -0.25
        for (const [item, count] of known) before.add(item, weight * count)
        before.endRow()
        for (const item of basket) ordered.add(item, weight)
        ordered.endRow()
      }
      past.add(basket, at)
    }
  }
  const inputs = before.build()
  return regressNeighbourhoods(gramMatrix(inputs, inputs), gramMatrix(ordered.build(), inputs), {
    neighbours: 20,
    ridge: 20,
    own: true,
  })
}

/** What a history says to the model at a time: its items, those bought last, with their decayed counts. */
export function decayedPurchases({ orders }: CustomerHistory, now: number): [item: number, count: number][] {
  const past = new DecayedPurchases()
  for (const { items, placedAt } of orders) past.add(items, placedAt)
  return past.at(now)
}

class DecayedPurchases {
  /** Counts as of day 0 would overflow: each stands as of the last purchase of its item. In the order of that purchase. */
  readonly #counts = new Map<number, { count: number; at: number }>()

  get size(): number {
    return this.#counts.size
  }

  add(items: ArrayLike<number>, at: number): void {
    for (let place = 0; place < items.length; place++) {
      const item = items[place]!
      const known = this.#counts.get(item)
      this.#counts.delete(item)
      this.#counts.set(item, { count: 1 + (known ? known.count * 2 ** ((known.at - at) / halfLife) : 0), at })
    }
  }

  at(now: number): [item: number, count: number][] {
    const entries = [...this.#counts]
    return entries
      .slice(Math.max(0, entries.length - mostItems))
      .map(([item, { count, at }]) => [item, count * 2 ** ((at - now) / halfLife)])
  }
}
