import type { Contender } from '../contender.ts'
import { itemsByOrders } from './most-bought.ts'
import { countPastOrders } from './purchases.ts'

/**
 * What the customer has ordered most often, ties by most bought, and then the most bought of the rest: the personalised
 * top-frequency baseline that few models of next baskets beat (Li, Jullien, Ariannezhad, de Rijke, A Next Basket
 * Recommendation Reality Check, ACM TOIS 2023).
 */
export const personalFrequency: Contender = {
  name: 'personal frequency',
  kind: 'baseline',
  answers: ['next-basket'],
  async fit(log) {
    const ranking = itemsByOrders(log)
    const rankOf = new Uint32Array(log.itemCount).fill(ranking.length)
    for (const [rank, item] of ranking.entries()) rankOf[item] = rank
    return (history, _question, count) => {
      const times = countPastOrders(history)
      const own = [...times.keys()].sort(
        (one, other) => times.get(other)! - times.get(one)! || rankOf[one]! - rankOf[other]! || one - other,
      )
      // No more than these can be own ones before `count` others are found.
      const rest = ranking.subarray(0, count + times.size).filter((item) => !times.has(item))
      return Uint32Array.from([...own, ...rest].slice(0, count))
    }
  },
}
