import { basketCandidates, basketFeatures, basketPrior } from './basket-choice.ts'
import { type Demand, demandOf } from './demand.ts'
import { evidenceOf } from './evidence.ts'
import type { DiscoveryBlend, Model } from './model.ts'
import { fitAffinity } from './models/affinity.ts'
import { repeatShares } from './models/repeat-share.ts'
import { type Choice, fitSoftmaxRegression } from './models/softmax-regression.ts'
import { fitSuccession } from './models/succession.ts'
import { ndcg } from './ndcg.ts'
import { type OrderLog, ordersBefore } from './order-log.ts'
import { discoveryFit, trendFactors } from './rank-discoveries.ts'
import { historyOf } from './ranking.ts'
import { TopItems } from './top-items.ts'

/** Rehearsals: earlier times from which the fit looks ahead, as shares of all orders that come after each. */
const rehearsalShares = [0.05, 0.1, 0.15, 0.2, 0.25]
/** Of the customers who order after such a time, so many are looked at: for the weights of baskets, and of discoveries. */
const mostCustomers = 3000
const mostDiscoverers = 1000
/** With fewer than that the shop is too young to tell, and the defaults stay. */
const fewestDiscoverers = 50

const trends = [0, 0.25, 0.5, 0.75, 1]
const successions = [0, 0.3, 0.6, 1]
/** Chosen on Online Retail, with cutoffs in July and August 2011. */
const defaultBlend: DiscoveryBlend = { trend: 0.75, succession: 0 }
/** Another blend is taken when it is better by this factor: less is chance. */
const worthChanging = 1.03
/** How many items that were never bought stand beside those that were, where the weights of baskets are learned. */
const discoveriesOfChoice = 50

/** Told of each step of a fit: how many are done, and of how many. */
export type FitListener = (done: number, steps: number) => void

/**
 * Learns from a log, which must end before `now` (days since 1970). What goes together and what follows what are learned
 * from all of it; how they are weighed, from rehearsals: the fit goes back to earlier times, learns from what was before,
 * and sees which weights would have ranked the orders best that came next. The same log gives the same model.
 *
 * Takes time in the sum over customers of the squares of what each bought, bounded for each, and so in their number.
 */
export function fitModel(log: OrderLog, now: number, onStep: FitListener = () => {}): Model {
  const times = rehearsalTimes(log)
  const steps = times.length + 2
  const rehearsals = times.map((time, place): Rehearsal => {
    const past = ordersBefore(log, time)
    const rehearsal = { time, past, model: learn(past, time), demand: demandOf(past, time) }
    onStep(place + 1, steps)
    return rehearsal
  })
  const discovery = chooseBlend(rehearsals, log)
  const basket = fitSoftmaxRegression(
    rehearsals.flatMap((rehearsal) => choicesOf(rehearsal, log, discovery)),
    { prior: basketPrior, priorStrength: 1 },
  )
  onStep(steps - 1, steps)
  const model = learn(log, now)
  onStep(steps, steps)
  return { ...model, discovery, basket: inOrderOfDiscovery(basket) }
}

/**
 * Weights under which discoveries stand in their own order in the next basket, so that however many are asked for, the first
 * are the same. A shop with few orders may have learned otherwise, by chance.
 */
function inOrderOfDiscovery(weights: Float64Array): Float64Array {
  const place = basketFeatures.indexOf('discoveryScore')
  return weights.map((weight, at) => (at === place ? Math.max(weight, 0.01) : weight))
}

/** A time in the past, what was known then, and what would have been learned. */
interface Rehearsal {
  readonly time: number
  readonly past: OrderLog
  readonly model: Model
  readonly demand: Demand
}

/** Times with something before and after them, the latest first. */
function rehearsalTimes({ placedAt }: OrderLog): number[] {
  const sorted = placedAt.toSorted()
  const times = rehearsalShares.map((share) => sorted[Math.floor(sorted.length * (1 - share))]!)
  return [...new Set(times)].filter((time) => time > sorted[0]!)
}

/** The model of a log, weighed as by default. */
function learn(log: OrderLog, now: number): Model {
  const affinity = fitAffinity(log, now)
  const succession = fitSuccession(log, now)
  let affinitySum = 0
  let successionSum = 0
  const customers = evenly(
    customersOf(log, (orders) => orders > 0),
    mostDiscoverers,
  )
  for (const customer of customers) {
    const evidence = evidenceOf({ affinity, succession }, historyOf(log, customer), now)
    for (const sum of evidence.affinity.sums) affinitySum += Math.max(0, sum)
    for (const sum of evidence.succession.sums) successionSum += Math.max(0, sum)
  }
  const cells = Math.max(1, customers.length * log.itemCount)
  return {
    itemCount: log.itemCount,
    affinity,
    succession,
    affinityUnit: affinitySum / cells || 1,
    successionUnit: successionSum / cells || 1,
    repeatShares: repeatShares(log),
    discovery: defaultBlend,
    basket: basketPrior,
  }
}

/** The blend whose lists would have had the greatest NDCG. */
function chooseBlend(rehearsals: readonly Rehearsal[], log: OrderLog): DiscoveryBlend {
  const outcomes = successions.map((succession) => ({ succession, byTrend: new Float64Array(trends.length) }))
  let scored = 0
  const top = new TopItems(10)
  for (const { time, past, model, demand } of rehearsals) {
    const trend = trendFactors(demand, 1).map(Math.log)
    for (const customer of evenly(customersWhoOrder(past, log), mostDiscoverers)) {
      const evidence = evidenceOf(model, historyOf(past, customer), time)
      const relevant = new Set([...nextItems(past, log, customer)].filter((item) => !evidence.bought.has(item)))
      if (relevant.size === 0) continue
      scored++
      for (const { succession, byTrend } of outcomes) {
        const fit = discoveryFit(evidence, model, succession).map(Math.log)
        for (const item of evidence.bought) fit[item] = Number.NEGATIVE_INFINITY
        for (const [place, power] of trends.entries()) {
          top.clear()
          for (let item = 0; item < model.itemCount; item++) top.offer(item, fit[item]! + power * trend[item]!)
          byTrend[place]! += ndcg(top.items, relevant, 10)
        }
      }
    }
  }
  if (scored < fewestDiscoverers) return defaultBlend
  let best = { ...defaultBlend, sum: 0 }
  for (const { succession, byTrend } of outcomes) {
    for (const [place, sum] of byTrend.entries()) {
      const trend = trends[place]!
      const isDefault = succession === defaultBlend.succession && trend === defaultBlend.trend
      const weighed = isDefault ? sum * worthChanging : sum
      if (weighed > best.sum) best = { trend, succession, sum: weighed }
    }
  }
  return { trend: best.trend, succession: best.succession }
}

/** What customers chose from next, and what they did choose. */
function choicesOf({ time, past, model, demand }: Rehearsal, log: OrderLog, discovery: DiscoveryBlend): Choice[] {
  const blended = { ...model, discovery }
  const trend = trendFactors(demand, discovery.trend)
  return evenly(customersWhoOrder(past, log), mostCustomers).map((customer) => {
    const history = historyOf(past, customer)
    const { items, features } = basketCandidates({
      model: blended,
      demand,
      trend,
      history,
      evidence: evidenceOf(model, history, time),
      now: time,
      discoveries: discoveriesOfChoice,
    })
    const next = nextItems(past, log, customer)
    return { features, chosen: Array.from(items, (item) => next.has(item)) }
  })
}

/** Customers with orders before a time and after it. */
function customersWhoOrder(past: OrderLog, log: OrderLog): number[] {
  return customersOf(past, (before, customer) => {
    const all = log.customerStarts[customer + 1]! - log.customerStarts[customer]!
    return before > 0 && all > before
  })
}

function customersOf(
  { customerCount, customerStarts }: OrderLog,
  isWanted: (orders: number, customer: number) => boolean,
): number[] {
  const customers: number[] = []
  for (let customer = 0; customer < customerCount; customer++) {
    if (isWanted(customerStarts[customer + 1]! - customerStarts[customer]!, customer)) customers.push(customer)
  }
  return customers
}

/** At most so many of them, evenly from first to last. */
function evenly(customers: readonly number[], most: number): readonly number[] {
  if (customers.length <= most) return customers
  return Array.from({ length: most }, (_, place) => customers[Math.floor((place * customers.length) / most)]!)
}

/** What a customer bought next: the first order that is no longer in the past. */
function nextItems(past: OrderLog, log: OrderLog, customer: number): ReadonlySet<number> {
  const order = log.customerStarts[customer]! + past.customerStarts[customer + 1]! - past.customerStarts[customer]!
  return new Set(log.items.subarray(log.orderStarts[order], log.orderStarts[order + 1]))
}
