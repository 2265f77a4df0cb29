export { buildOrderLog, daysOf, type LoggedOrder, type OrderLog, ordersBefore } from './order-log.ts'
export { type CustomerHistory, historyOf, type PastOrder, type Ranking } from './ranking.ts'
