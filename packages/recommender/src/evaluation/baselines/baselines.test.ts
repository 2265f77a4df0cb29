import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { historyOf } from '../../ranking.ts'
import type { Contender, Question } from '../contender.ts'
import { logOf } from '../logs.test-kit.ts'
import { bestItems } from './best-items.ts'
import { ease } from './ease.ts'
import { baselines } from './index.ts'
import { itemKnn } from './item-knn.ts'
import { mostBought } from './most-bought.ts'
import { personalFrequency } from './personal-frequency.ts'

// Orders with each item: 2, 3, 1, 1, 0. Buyers: {0, 2}, {0, 1}, {1}, {3}, nobody.
const log = logOf(5, [0, 1, [0, 1]], [0, 2, [1]], [1, 1, [1, 2]], [2, 1, [0]], [3, 1, [3]])

async function rank(contender: Contender, customer: number, question: Question, count = 10): Promise<number[]> {
  const fitted = await contender.fit(log, 3)
  return [...fitted(historyOf(log, customer), question, count)]
}

describe('most bought', () => {
  test('is the same for everybody, by orders and then by number', async () => {
    expect(await rank(mostBought, 0, 'next-basket')).toEqual([1, 0, 2, 3])
    expect(await rank(mostBought, 3, 'next-basket', 2)).toEqual([1, 0])
  })

  test('leaves out what was bought, for discovery', async () => {
    expect(await rank(mostBought, 0, 'discovery')).toEqual([2, 3])
    expect(await rank(mostBought, 1, 'discovery', 1)).toEqual([0])
  })
})

describe('personal frequency', () => {
  test('is by own orders, then by most bought', async () => {
    expect(await rank(personalFrequency, 0, 'next-basket')).toEqual([1, 0, 2, 3])
    expect(await rank(personalFrequency, 1, 'next-basket')).toEqual([1, 2, 0, 3])
    expect(await rank(personalFrequency, 3, 'next-basket')).toEqual([3, 1, 0, 2])
    expect(await rank(personalFrequency, 3, 'next-basket', 1)).toEqual([3])
  })

  test('counts own orders above all', async () => {
    const fitted = await personalFrequency.fit(log, 3)
    const history = {
      orders: [
        { placedAt: 0, items: [2, 3] },
        { placedAt: 1, items: [3] },
      ],
    }
    expect([...fitted(history, 'next-basket', 3)]).toEqual([3, 2, 1])
    const tie = { orders: [{ placedAt: 0, items: [0, 1, 3] }] }
    expect([...fitted(tie, 'next-basket', 3)]).toEqual([1, 0, 3])
  })
})

describe('ItemKNN', () => {
  // Cosines: (0, 1) 1/2, (1, 2) 1/√2, all others 0. An item is no neighbour of its own.
  test('sums the cosines to what was bought', async () => {
    expect(await rank(itemKnn, 0, 'next-basket')).toEqual([2, 0, 1, 3])
    expect(await rank(itemKnn, 1, 'next-basket')).toEqual([1, 2, 0, 3])
    expect(await rank(itemKnn, 0, 'discovery')).toEqual([2, 3])
    expect(await rank(itemKnn, 2, 'discovery')).toEqual([1, 2, 3])
  })

  test('keeps the 50 nearest of each item', async () => {
    // Item 0 goes with each of 1 to 60, and the less the lower the number is, since others buy those too.
    const orders = Array.from({ length: 60 }, (_, at): [number, number, number[]] => [at, 1, [0, at + 1]])
    const others = Array.from({ length: 59 }, (_, at): [number, number, number[]] => [
      60 + at,
      1,
      Array.from({ length: 59 - at }, (__, place) => place + 1),
    ])
    const fitted = await itemKnn.fit(logOf(62, ...orders, ...others, [119, 1, [61]]), 2)
    const ranking = fitted({ orders: [{ placedAt: 0, items: [0] }] }, 'discovery', 61)
    expect([...ranking.subarray(0, 50)]).toEqual(Array.from({ length: 50 }, (_, at) => 60 - at))
    // The others score nothing, so the lower number is first.
    expect([...ranking.subarray(50)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 61])
  })
})

describe('EASE', () => {
  test('scores −P(i, j) / P(j, j) of what was bought', async () => {
    // XᵀX + 300 I of items 0 to 2 is (302 1 0, 1 302 1, 0 1 301); by its cofactors what was bought by customer 0, 0 and 1,
    // gives 301/90901 to 0, 301/90902 to 1 and 301/91203 to 2; and nothing to 3.
    expect(
      await rank(
        ease(() => {}),
        0,
        'next-basket',
      ),
    ).toEqual([0, 1, 2, 3])
    // 1 and 2 give 300/90901 to 0, 302/90902 to 1 and 302/91203 to 2.
    expect(
      await rank(
        ease(() => {}),
        1,
        'next-basket',
      ),
    ).toEqual([1, 2, 0, 3])
    expect(
      await rank(
        ease(() => {}),
        1,
        'discovery',
      ),
    ).toEqual([0, 3])
    // 0 gives −1/91203 to 2.
    expect(
      await rank(
        ease(() => {}),
        2,
        'discovery',
      ),
    ).toEqual([1, 3, 2])
  })

  test('tells how far it is', async () => {
    const steps: [number, number][] = []
    await ease((done, all) => steps.push([done, all])).fit(
      logOf(130, [0, 1, Array.from({ length: 130 }, (_, i) => i)]),
      2,
    )
    expect(steps).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ])
  })
})

test('every baseline ranks what was sold alone, each item once, what was bought never for discovery', async () => {
  const order = fc.tuple(fc.nat(4), fc.nat(9), fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 5 }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(order, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 10 }),
      async (orders, count) => {
        const random = logOf(8, ...orders)
        const sold = new Set(random.items)
        for (const contender of baselines(() => {})) {
          const fitted = await contender.fit(random, 10)
          for (const question of contender.answers) {
            const history = historyOf(random, orders[0]![0])
            const bought = new Set(history.orders.flatMap(({ items }) => Array.from(items)))
            const expected = question === 'discovery' ? [...sold].filter((item) => !bought.has(item)) : [...sold]
            const ranking = [...fitted(history, question, count)]
            expect(ranking.length).toBe(Math.min(count, expected.length))
            expect(new Set(ranking).size).toBe(ranking.length)
            expect(ranking.filter((item) => !expected.includes(item))).toEqual([])
          }
        }
      },
    ),
    { numRuns: 50 },
  )
})

test('the best items are the first of all by score and number', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 25 }),
      fc.nat(20),
      (values, count, excluded) => {
        const scores = Float64Array.from(values)
        const sorted = [...values.keys()]
          .filter((item) => item !== excluded)
          .sort((one, other) => values[other]! - values[one]! || one - other)
        const best = bestItems(Uint32Array.from(values.keys()), scores, count, (item) => item === excluded)
        expect([...best]).toEqual(sorted.slice(0, count))
      },
    ),
  )
})
