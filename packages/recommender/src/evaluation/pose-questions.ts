import { historyOf, type CustomerHistory } from '../ranking.ts'
import type { Question } from './contender.ts'
import type { SplitLog } from './split-log.ts'

/** One customer to rank items for, and what a good ranking begins with. */
export interface PosedQuestion {
  readonly history: CustomerHistory
  /** All items of the history. */
  readonly bought: ReadonlySet<number>
  /** Never empty. */
  readonly relevant: ReadonlySet<number>
}

/**
 * A question to each customer of the test. Relevant is what they ordered and somebody had bought before the cutoff, since
 * nobody can rank an item that was never seen; for discovery, only what they had not bought themselves. A customer
 * of whom nothing relevant is left is not asked.
 */
export function poseQuestions({ train, tests }: SplitLog, question: Question): PosedQuestion[] {
  const sold = soldItems(train)
  return tests.flatMap(({ customer, items }) => {
    const history = historyOf(train, customer)
    const bought = new Set(history.orders.flatMap((order) => Array.from(order.items)))
    const relevant = new Set(
      items.filter((item) => sold.has(item) && (question === 'next-basket' || !bought.has(item))),
    )
    return relevant.size === 0 ? [] : [{ history, bought, relevant }]
  })
}

/** The items that any order of a log holds. */
export function soldItems({ items }: { readonly items: Uint32Array }): Set<number> {
  return new Set(items)
}
