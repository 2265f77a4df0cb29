import type { PurchaseHistory } from './purchase-history.ts'

const halfLifeMs = 30 * 86_400_000

/** Items by what they score, the best first. */
export interface Ranking {
  readonly items: Uint32Array
  readonly scores: Float64Array
}

/**
 * Every product that was ever bought, by the number of its orders, each with a weight that halves every 30 days: units
 * do not count, or one wholesaler would make a trend. Weights are relative to the last order. Any other time to count
 * from would multiply all scores by one factor, so the ranking only changes when something is bought, not as time goes.
 */
export function trendingProducts({ itemCount, starts, items, placedAt }: PurchaseHistory): Ranking {
  const now = placedAt.reduce((latest, at) => Math.max(latest, at), -Infinity)
  const scores = new Float64Array(itemCount)
  const orderCounts = new Uint32Array(itemCount)
  placedAt.forEach((at, order) => {
    const weight = 2 ** ((at - now) / halfLifeMs)
    for (const item of items.subarray(starts[order], starts[order + 1])) {
      scores[item]! += weight
      orderCounts[item]!++
    }
  })
  const bought = new Uint32Array(itemCount).map((_, item) => item).filter((item) => orderCounts[item]! > 0)
  bought.sort((one, other) => scores[other]! - scores[one]! || one - other)
  return { items: bought, scores: Float64Array.from(bought, (item) => scores[item]!) }
}
