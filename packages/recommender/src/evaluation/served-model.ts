import { type Demand, demandOf } from '../demand.ts'
import { fitModel } from '../fit-model.ts'
import type { Model } from '../model.ts'
import type { OrderLog } from '../order-log.ts'
import { rankNextBasket, rankRepurchases } from '../rank-basket.ts'
import { rankDiscoveries } from '../rank-discoveries.ts'
import type { CustomerHistory, Ranking, RankingRequest } from '../ranking.ts'
import type { Contender, ContenderKind, Question } from './contender.ts'

export const surfaces = ['buy-again', 'discover'] as const

/** A list that the service shows: what to buy again, or what was never bought before. */
export type Surface = (typeof surfaces)[number]

/** The items that the service would show on a surface, the best first, `count` at most. */
export type RankAs = (surface: Surface, history: CustomerHistory, count: number) => Uint32Array

/** What the service ranks with. */
export interface ServedModel {
  /** Its rows in the tables. */
  readonly contenders: readonly Contender[]
  /** Learns from a log as the service does, for rankings at `now`, in days since 1970. */
  fit(log: OrderLog, now: number): Promise<RankAs>
}

interface Fitted {
  readonly model: Model
  readonly demand: Demand
}

/** The model of the service; `onStep` is told how far a fit is. */
export function servedModel(onStep: (done: number, all: number) => void): ServedModel {
  // All of its rows are of one fit, whose time the first of them is charged with.
  const fits = new WeakMap<OrderLog, Fitted>()
  const fitted = (log: OrderLog, now: number): Fitted => {
    const fit = fits.get(log) ?? { model: fitModel(log, now, onStep), demand: demandOf(log, now) }
    fits.set(log, fit)
    return fit
  }
  const contender = (
    name: string,
    kind: ContenderKind,
    question: Question,
    rank: (request: RankingRequest) => Ranking,
    changed: (model: Model) => Model = (model) => model,
  ): Contender => ({
    name,
    kind,
    answers: [question],
    async fit(log, now) {
      const { model, demand } = fitted(log, now)
      const used = changed(model)
      return (history, _, count) => rank({ model: used, demand, history, now, count }).items
    },
  })
  return {
    contenders: [
      contender('Cartograph, buy again', 'served', 'next-basket', rankRepurchases),
      contender('Cartograph, next basket', 'served', 'next-basket', rankNextBasket),
      contender('what goes together', 'part', 'discovery', rankDiscoveries, (model) => ({
        ...model,
        discovery: { trend: 0, succession: 0 },
      })),
      contender('what follows what', 'part', 'discovery', rankDiscoveries, (model) => ({
        ...model,
        discovery: { trend: 0, succession: 1 },
      })),
      contender('Cartograph, discover', 'served', 'discovery', rankDiscoveries),
    ],
    async fit(log, now) {
      const { model, demand } = fitted(log, now)
      const ranks = { 'buy-again': rankRepurchases, discover: rankDiscoveries }
      return (surface, history, count) => ranks[surface]({ model, demand, history, now, count }).items
    },
  }
}
