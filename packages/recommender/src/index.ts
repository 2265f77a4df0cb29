export { basketFeatures } from './basket-choice.ts'
export { type Demand, demandHalfLives, demandOf } from './demand.ts'
export { type FitListener, fitModel } from './fit-model.ts'
export type { Model } from './model.ts'
export { decodeModel, encodeModel, modelFormat } from './model-bytes.ts'
export { buildOrderLog, daysOf, type LoggedOrder, type OrderLog, ordersBefore } from './order-log.ts'
export { rankNextBasket, rankRepurchases } from './rank-basket.ts'
export { rankDiscoveries } from './rank-discoveries.ts'
export {
  type CustomerHistory,
  historyOf,
  type Interest,
  itemsBought,
  type PastOrder,
  type Ranking,
  type RankingRequest,
} from './ranking.ts'
