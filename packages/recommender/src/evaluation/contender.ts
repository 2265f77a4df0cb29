import type { OrderLog } from '../order-log.ts'
import type { CustomerHistory } from '../ranking.ts'

/** What a customer orders next, where everything may come; or what they order that they never bought before. */
export type Question = 'next-basket' | 'discovery'

/**
 * Item numbers for a customer, the best first, each once, `count` at most; for discovery none that the history holds.
 * Without anything random: the same history has the same answer.
 */
export type Rank = (history: CustomerHistory, question: Question, count: number) => Uint32Array

/** A plain baseline, a part of our model by itself, or what the service answers with. */
export type ContenderKind = 'baseline' | 'part' | 'served'

/** Something that ranks items for a customer from their history; fitted on a log. */
export interface Contender {
  /** As the table shows it. */
  readonly name: string
  readonly kind: ContenderKind
  /** Which questions it answers. */
  readonly answers: readonly Question[]
  /** Learns from a log that ends before `now`, in days since 1970. */
  fit(log: OrderLog, now: number): Promise<Rank>
}
