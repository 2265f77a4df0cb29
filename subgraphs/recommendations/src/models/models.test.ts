import { describe, expect, test } from 'vitest'
import { boughtTogether } from './bought-together.ts'
import { cosineNeighbours, type Neighbours } from './cosine-neighbours.ts'
import { basketsOfBuyers, type PurchaseHistory } from './purchase-history.ts'
import { similarProducts } from './similar-products.ts'

interface Order {
  readonly buyer: number
  readonly items: readonly number[]
}

function historyOf(itemCount: number, orders: readonly Order[]): PurchaseHistory {
  const starts = [0]
  for (const { items } of orders) starts.push(starts.at(-1)! + items.length)
  return {
    productIds: Array.from({ length: itemCount }, (_, item) => `product ${item}`),
    itemCount,
    starts: Uint32Array.from(starts),
    items: Uint32Array.from(orders.flatMap(({ items }) => items)),
    buyerCount: Math.max(0, ...orders.map(({ buyer }) => buyer + 1)),
    buyers: Uint32Array.from(orders, ({ buyer }) => buyer),
    placedAt: new Float64Array(orders.length),
  }
}

/** The neighbours of each item as [item, score]. */
const listed = ({ starts, items, scores }: Neighbours) =>
  Array.from({ length: starts.length - 1 }, (_, item) =>
    Array.from({ length: starts[item + 1]! - starts[item]! }, (__, at) => [
      items[starts[item]! + at],
      scores[starts[item]! + at],
    ]),
  )

// Tea is 0, milk 1, sugar 2, a kettle 3; a rare spoon, 4, was bought once.
const baskets: Order[] = [
  { buyer: 0, items: [0, 1, 2] },
  { buyer: 0, items: [0, 1] },
  { buyer: 1, items: [0, 1, 3] },
  { buyer: 1, items: [0, 3, 4] },
  { buyer: 2, items: [1, 2] },
]

describe('boughtTogether', () => {
  test('is the cosine over orders, of two orders or more', () => {
    // Orders: tea 4, milk 4, sugar 2, kettle 2.
    // Together: tea+milk 3, milk+sugar 2, tea+kettle 2, tea+sugar 1, milk+kettle 1.
    const [teaMilk, root8] = [3 / 4, 2 / Math.sqrt(8)]
    expect(listed(boughtTogether(historyOf(5, baskets)))).toEqual([
      [
        [1, teaMilk],
        [3, root8],
      ],
      [
        [0, teaMilk],
        [2, root8],
      ],
      [[1, root8]],
      [[0, root8]],
      [],
    ])
  })
})

describe('similarProducts', () => {
  test('is the cosine over buyers, who count once however often they bought', () => {
    // Buyers: tea 0 and 1, milk all three, sugar 0 and 2, kettle 1, spoon 1.
    const root6 = 2 / Math.sqrt(6)
    expect(listed(similarProducts(historyOf(5, baskets)))).toEqual([
      [[1, root6]],
      [
        [0, root6],
        [2, root6],
      ],
      [[1, root6]],
      [],
      [],
    ])
  })

  test('merges the orders of a buyer, each item once', () => {
    const { starts, items } = basketsOfBuyers(historyOf(5, baskets))
    expect([...starts]).toEqual([0, 3, 7, 9])
    expect([...items]).toEqual([0, 1, 2, 0, 1, 3, 4, 1, 2])
  })
})

describe('cosineNeighbours', () => {
  const limits = { minimumTogether: 1, most: 2 }

  test('keeps the best, and of equal ones those with the lower number', () => {
    const history = historyOf(6, [
      { buyer: 0, items: [5, 4, 3, 2, 0] },
      { buyer: 0, items: [5, 0] },
    ])
    const half = 1 / Math.sqrt(2)
    expect(listed(cosineNeighbours(history, limits))).toEqual([
      [
        [5, 1],
        [2, half],
      ],
      [],
      [
        [3, 1],
        [4, 1],
      ],
      [
        [2, 1],
        [4, 1],
      ],
      [
        [2, 1],
        [3, 1],
      ],
      [
        [0, 1],
        [2, half],
      ],
    ])
  })

  test('gives the same list as comparing every pair', () => {
    // A fixed jumble: item i is in order o when a hash of both says so, the fewer the greater i is.
    const itemCount = 40
    const orders = Array.from({ length: 120 }, (_, order) => ({
      buyer: 0,
      items: Array.from({ length: itemCount }, (__, item) => item).filter(
        (item) => ((order * 2654435761 + item * 40503) >>> 7) % (item + 2) === 0,
      ),
    }))
    const holding = (...wanted: number[]) =>
      orders.filter(({ items }) => wanted.every((item) => items.includes(item))).length
    const expected = Array.from({ length: itemCount }, (_, item) =>
      Array.from(
        { length: itemCount },
        (__, other) => [other, holding(item, other) / Math.sqrt(holding(item) * holding(other))] as const,
      )
        .filter(([other]) => other !== item && holding(item, other) >= 2)
        .toSorted(([one, score], [two, otherScore]) => otherScore - score || one - two)
        .slice(0, 7),
    )
    expect(expected.flat().length).toBeGreaterThan(100)
    expect(listed(cosineNeighbours(historyOf(itemCount, orders), { minimumTogether: 2, most: 7 }))).toEqual(expected)
  })

  test('finds nothing in nothing', () => {
    expect(listed(cosineNeighbours(historyOf(0, []), limits))).toEqual([])
    expect(listed(cosineNeighbours(historyOf(2, []), limits))).toEqual([[], []])
  })
})
