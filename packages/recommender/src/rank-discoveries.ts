import type { Demand } from './demand.ts'
import type { CustomerEvidence } from './evidence.ts'
import type { Model } from './model.ts'
import type { Ranking, RankingRequest } from './ranking.ts'
import { evidenceOf } from './evidence.ts'
import { TopItems } from './top-items.ts'

/**
 * The items that a customer has not bought, the likeliest to be bought next first: how well each goes with what was
 * bought, times how much more it sells now than it used to, to a power that the fit has found. For somebody who has
 * bought nothing: what sells now, what goes with their interests before the rest. What nobody ever bought is not among them.
 */
export function rankDiscoveries(request: RankingRequest): Ranking {
  const { model, history, now, demand } = request
  return rankDiscoveriesBy(evidenceOf(model, history, now), trendOf(demand, model.discovery.trend), request)
}

/** The same, for a caller who has the parts already. */
export function rankDiscoveriesBy(
  evidence: CustomerEvidence,
  trend: Float64Array,
  { model, demand, count, excluded }: Pick<RankingRequest, 'model' | 'demand' | 'count' | 'excluded'>,
): Ranking {
  const { bought, affinity } = evidence
  const fit = discoveryFit(evidence, model, model.discovery.succession)
  const top = new TopItems(count)
  for (let item = 0; item < model.itemCount; item++) {
    if (demand.total[item] === 0 || bought.has(item) || excluded?.has(item)) continue
    const score = fit[item]! * (bought.size === 0 ? demand.recent[item]! : trend[item]!)
    if (score > 0) top.offer(item, score)
  }
  const items = top.items
  return { items, scores: top.scores, because: Int32Array.from(items, (item) => affinity.because[item]!) }
}

/** How well each item goes with a customer, in the model's units, at least a little: comparable within the customer. */
export function discoveryFit(
  { affinity, succession }: CustomerEvidence,
  { affinityUnit, successionUnit, itemCount }: Model,
  share: number,
): Float64Array {
  const fit = new Float64Array(itemCount)
  for (let item = 0; item < itemCount; item++) {
    const together = Math.max(0, affinity.sums[item]!) / affinityUnit
    const next = Math.max(0, succession.sums[item]!) / successionUnit
    // What little is added keeps items apart that nothing speaks for.
    fit[item] = (1 - share) * together + share * next + 0.3
  }
  return fit
}

/**
 * How much more each item sells now than it used to, to a power. A week without a sale must not rule an item out, nor one
 * sale rule it in.
 */
export function trendFactors({ recent, total }: Demand, power: number): Float64Array {
  return recent.map((count, item) => ((count + 0.1) / (total[item]! + 5)) ** power)
}

/** The factors of a demand that many rankings ask for, each worked out once. */
const factorsOf = new WeakMap<Demand, { readonly power: number; readonly factors: Float64Array }>()

/** `trendFactors`, for callers that come again with the same demand, which must not have changed since. */
export function trendOf(demand: Demand, power: number): Float64Array {
  const known = factorsOf.get(demand)
  if (known?.power === power) return known.factors
  const factors = trendFactors(demand, power)
  factorsOf.set(demand, { power, factors })
  return factors
}
