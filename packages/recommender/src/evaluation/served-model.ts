import type { OrderLog } from '../order-log.ts'
import type { CustomerHistory } from '../ranking.ts'
import type { Contender } from './contender.ts'

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

/** The model of the service; null while there is none, and then the tables show the baselines alone. */
export const servedModel: ServedModel | null = null
