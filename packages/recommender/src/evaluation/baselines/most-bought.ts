import type { OrderLog } from '../../order-log.ts'
import type { Contender } from '../contender.ts'
import { countedItems } from './best-items.ts'
import { countOrders, countPastOrders } from './purchases.ts'

/** The same for everybody: the items that most orders hold; for discovery without what the customer has bought. */
export const mostBought: Contender = {
  name: 'most bought',
  kind: 'baseline',
  answers: ['next-basket', 'discovery'],
  async fit(log) {
    const ranking = itemsByOrders(log)
    return (history, question, count) => {
      if (question === 'next-basket') return ranking.slice(0, count)
      const bought = countPastOrders(history)
      // No more than these can be passed over before `count` others are found.
      return ranking
        .subarray(0, count + bought.size)
        .filter((item) => !bought.has(item))
        .slice(0, count)
    }
  },
}

/** The items that were ever ordered, those in most orders first, ties by the lower number. */
export function itemsByOrders(log: OrderLog): Uint32Array {
  const counts = countOrders(log)
  return countedItems(counts).sort((one, other) => counts[other]! - counts[one]! || one - other)
}
