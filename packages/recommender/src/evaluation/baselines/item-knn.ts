import type { Contender } from '../contender.ts'
import { bestItems, countedItems } from './best-items.ts'
import { buyersOf, countOrders, countPastOrders, type Purchases, purchasesOf } from './purchases.ts'

/** How many neighbours each item has, at most. */
const neighbourCount = 50

interface Neighbours {
  /** Row `i` has `neighbourCount` places; a similarity of 0 is a place without a neighbour. */
  readonly items: Uint32Array
  readonly similarities: Float64Array
}

/**
 * Item-based nearest neighbours (Deshpande, Karypis, Item-Based Top-N Recommendation Algorithms, ACM TOIS 2004): the
 * similarity of two items is the cosine of their buyers, each item keeps its 50 most similar others, and a candidate
 * scores the sum over the items bought whose neighbour it is.
 */
export const itemKnn: Contender = {
  name: 'ItemKNN',
  kind: 'baseline',
  answers: ['next-basket', 'discovery'],
  async fit(log) {
    const neighbours = findNeighbours(purchasesOf(log))
    const candidates = countedItems(countOrders(log))
    const scores = new Float64Array(log.itemCount)
    return (history, question, count) => {
      const bought = countPastOrders(history)
      scores.fill(0)
      for (const item of bought.keys()) {
        for (let place = item * neighbourCount; place < (item + 1) * neighbourCount; place++) {
          scores[neighbours.items[place]!]! += neighbours.similarities[place]!
        }
      }
      return bestItems(candidates, scores, count, (item) => question === 'discovery' && bought.has(item))
    }
  },
}

function findNeighbours(purchases: Purchases): Neighbours {
  const { itemCount, starts, items } = purchases
  const buyers = buyersOf(purchases)
  const neighbours = {
    items: new Uint32Array(itemCount * neighbourCount),
    similarities: new Float64Array(itemCount * neighbourCount),
  }
  const similarities = new Float64Array(itemCount)
  const buyerCountOf = (item: number): number => buyers.starts[item + 1]! - buyers.starts[item]!
  for (let item = 0; item < itemCount; item++) {
    const shared = new Set<number>()
    for (const customer of buyers.customers.subarray(buyers.starts[item], buyers.starts[item + 1])) {
      for (let place = starts[customer]!; place < starts[customer + 1]!; place++) {
        const other = items[place]!
        shared.add(other)
        similarities[other]! += 1
      }
    }
    for (const other of shared) similarities[other]! /= Math.sqrt(buyerCountOf(item) * buyerCountOf(other))
    const nearest = bestItems(Uint32Array.from(shared).sort(), similarities, neighbourCount, (other) => other === item)
    for (const [place, other] of nearest.entries()) {
      neighbours.items[item * neighbourCount + place] = other
      neighbours.similarities[item * neighbourCount + place] = similarities[other]!
    }
    for (const other of shared) similarities[other] = 0
  }
  return neighbours
}
