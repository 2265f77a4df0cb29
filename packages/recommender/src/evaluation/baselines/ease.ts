import type { Contender } from '../contender.ts'
import { bestItems } from './best-items.ts'
import { itemsByOrders } from './most-bought.ts'
import { countPastOrders, type Purchases, purchasesOf } from './purchases.ts'
import { SymmetricMatrix } from './symmetric-matrix.ts'

/** Its inversion takes time in the cube of the items: about half a minute for so many. */
const mostItems = 4_000
const regularisation = 300

/**
 * EASE (Steck, Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019) in its closed form: with X the customers by
 * items (1 where bought) and P = (XᵀX + λI)⁻¹, an item i that was bought adds −P(i, j) / P(j, j) to the score of each other j. λ
 * is 300. It knows the 4,000 most bought items alone and ranks no other. `onStep` is told how far the inversion is.
 */
export function ease(onStep: (done: number, all: number) => void): Contender {
  return {
    name: `EASE (most bought ${mostItems.toLocaleString('en')})`,
    kind: 'baseline',
    answers: ['next-basket', 'discovery'],
    async fit(log) {
      const known = itemsByOrders(log).slice(0, mostItems).sort()
      const places = new Map(known.entries().map(([place, item]) => [item, place]))
      const weights = fitWeights(purchasesOf(log), places, onStep)
      const sums = new Float64Array(known.length)
      const candidates = Uint32Array.from(known.keys())
      return (history, question, count) => {
        const bought = countPastOrders(history)
        sums.fill(0)
        for (const item of bought.keys()) {
          const row = places.get(item)
          if (row === undefined) continue
          for (let column = 0; column < sums.length; column++) sums[column]! += weights[row * sums.length + column]!
        }
        const isExcluded = (place: number): boolean => question === 'discovery' && bought.has(known[place]!)
        return bestItems(candidates, sums, count, isExcluded).map((place) => known[place]!)
      }
    },
  }
}

/** By rows: what the item at place i adds to the one at place j; nothing to itself. */
function fitWeights(
  { starts, items }: Purchases,
  places: ReadonlyMap<number, number>,
  onStep: (done: number, all: number) => void,
): Float32Array {
  const matrix = new SymmetricMatrix(places.size)
  for (let place = 0; place < places.size; place++) matrix.add(place, place, regularisation)
  for (let customer = 0; customer + 1 < starts.length; customer++) {
    const own = Array.from(items.subarray(starts[customer], starts[customer + 1]), (item) => places.get(item)).filter(
      (place) => place !== undefined,
    )
    for (const [at, row] of own.entries()) {
      for (let other = 0; other <= at; other++) matrix.add(row, own[other]!, 1)
    }
  }
  matrix.invert(onStep)
  const { size } = matrix
  const weights = new Float32Array(size * size)
  for (let column = 0; column < size; column++) {
    const scale = -1 / matrix.at(column, column)
    for (let row = 0; row < size; row++) {
      if (row !== column) weights[row * size + column] = scale * matrix.at(row, column)
    }
  }
  return weights
}
