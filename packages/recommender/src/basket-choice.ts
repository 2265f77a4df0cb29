import type { Demand } from './demand.ts'
import type { CustomerEvidence } from './evidence.ts'
import type { Model } from './model.ts'
import { rankDiscoveriesBy } from './rank-discoveries.ts'
import type { CustomerHistory } from './ranking.ts'

/** What is looked at in an item, to tell whether it is in the next basket. All but the last two are of items bought before. */
export const basketFeatures = [
  'frequency',
  'recentFrequency',
  'ordersSince',
  'boughtOnce',
  'intervalDeviation',
  'repeatShare',
  'demandRecent',
  'demandLately',
  'demandTotal',
  'succession',
  'affinity',
  'discovery',
  'discoveryScore',
] as const

/**
 * The weights of somebody who has seen no shop yet, in the order of the features; as learned on Online Retail before July
 * 2011, rounded.
 */
export const basketPrior = Float64Array.from([0.2, 0.3, 0.05, -0.15, -0.15, 0.25, 0.3, 0.2, -0.3, 0.5, 0.1, -3, 0.5])

/** An order counts for this share of the order after it. */
const orderDecay = 0.7

/** Items that may be in the next basket, and the features of each by rows. */
export interface BasketCandidates {
  readonly items: Uint32Array
  readonly features: Float64Array
  /** For each item the one that speaks for it most: itself when it was bought before; -1 for none. */
  readonly because: Int32Array
}

export interface CandidateRequest {
  readonly model: Model
  readonly demand: Demand
  /** `trendFactors` of the demand. */
  readonly trend: Float64Array
  readonly history: CustomerHistory
  readonly evidence: CustomerEvidence
  readonly now: number
  /** How many items that were never bought. */
  readonly discoveries: number
  readonly excluded?: ReadonlySet<number>
}

/**
 * Everything that a customer has bought, and the best of the rest. Frequencies, times and rates have a ratio scale: their
 * logarithms are taken, so that weights are exponents.
 */
export function basketCandidates({
  model,
  demand,
  trend,
  history: { orders },
  evidence,
  now,
  discoveries,
  excluded = new Set(),
}: CandidateRequest): BasketCandidates {
  const { bought, affinity, succession } = evidence
  const again = Uint32Array.from([...bought].filter((item) => !excluded.has(item))).sort()
  const found = rankDiscoveriesBy(evidence, trend, { model, demand, count: discoveries, excluded })
  const count = new Float64Array(model.itemCount)
  const decayed = new Float64Array(model.itemCount)
  const since = new Float64Array(model.itemCount)
  const first = new Float64Array(model.itemCount)
  const last = new Float64Array(model.itemCount)
  for (const [position, order] of orders.entries()) {
    const later = orders.length - 1 - position
    for (let at = 0; at < order.items.length; at++) {
      const item = order.items[at]!
      if (count[item] === 0) first[item] = order.placedAt
      count[item]! += 1
      decayed[item]! += orderDecay ** later
      since[item] = later
      last[item] = order.placedAt
    }
  }
  const width = basketFeatures.length
  const features = new Float64Array((again.length + found.items.length) * width)
  for (const [place, item] of again.entries()) {
    const interval = (last[item]! - first[item]!) / Math.max(1, count[item]! - 1)
    features.set(
      [
        Math.log(count[item]!),
        Math.log(decayed[item]! + 0.05),
        Math.log(since[item]! + 1),
        count[item] === 1 ? 1 : 0,
        count[item] === 1 ? 0 : Math.abs(Math.log((Math.max(0, now - last[item]!) + 3) / (interval + 3))),
        Math.log(model.repeatShares[item]!),
        Math.log(demand.recent[item]! + 0.3),
        Math.log(demand.lately[item]! + 0.3),
        Math.log(demand.total[item]! + 5),
        Math.log(Math.max(0, succession.sums[item]!) + 0.01),
        Math.log(Math.max(0, affinity.sums[item]!) / model.affinityUnit + 1),
      ],
      place * width,
    )
  }
  for (const [place, score] of found.scores.entries()) {
    features.set([1, Math.log(score)], (again.length + place) * width + width - 2)
  }
  return {
    items: Uint32Array.from([...again, ...found.items]),
    features,
    because: Int32Array.from([...again, ...found.because]),
  }
}
