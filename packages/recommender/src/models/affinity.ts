import type { OrderLog } from '../order-log.ts'
import { gramMatrix } from './gram-matrix.ts'
import { regressNeighbourhoods } from './neighbourhood-regression.ts'
import { type SparseRows, SparseRowsBuilder } from './sparse-rows.ts'

/** After so many days a purchase says half as much about what goes together. */
const halfLife = 90
/** What was bought longer ago than so many half-lives, a year, says as much as what was bought then: taste stays. */
const mostHalfLives = 4
/** Of one customer the products bought last: who buys everything says little about each, and costs its square. */
const mostItems = 500

/**
 * What goes together in the eyes of customers: row `i` holds how much having bought item `i` speaks for each other item.
 * Weights were chosen on Online Retail with cutoffs in July and August 2011.
 */
export function fitAffinity(log: OrderLog, now: number): SparseRows {
  const rows = recentlyBought(log, now)
  const gram = gramMatrix(rows, rows)
  return regressNeighbourhoods(gram, gram, { neighbours: 50, ridge: 25, own: false })
}

/** A row for each customer: the items bought, less the longer ago, and less in each the more there are. */
function recentlyBought(
  { itemCount, customerCount, customerStarts, orderStarts, items, placedAt }: OrderLog,
  now: number,
) {
  const rows = new SparseRowsBuilder(itemCount)
  for (let customer = 0; customer < customerCount; customer++) {
    const lastBought = new Map<number, number>()
    // From the last order back, so that the products bought last come first.
    for (let order = customerStarts[customer + 1]! - 1; order >= customerStarts[customer]!; order--) {
      for (let place = orderStarts[order]!; place < orderStarts[order + 1]!; place++) {
        const item = items[place]!
        if (lastBought.size < mostItems && !lastBought.has(item)) lastBought.set(item, placedAt[order]!)
      }
    }
    const scale = lastBought.size ** -0.25
    for (const [item, at] of lastBought) rows.add(item, scale * 2 ** -Math.min((now - at) / halfLife, mostHalfLives))
    rows.endRow()
  }
  return rows.build()
}
