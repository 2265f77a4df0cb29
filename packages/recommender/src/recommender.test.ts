import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { demandOf } from './demand.ts'
import { fitModel } from './fit-model.ts'
import { decodeModel, encodeModel } from './model-bytes.ts'
import { ndcg } from './ndcg.ts'
import { buildOrderLog, type LoggedOrder, ordersBefore } from './order-log.ts'
import { rankNextBasket, rankRepurchases } from './rank-basket.ts'
import { rankDiscoveries } from './rank-discoveries.ts'
import { type CustomerHistory, historyOf, itemsBought } from './ranking.ts'

const [itemCount, customerCount, now] = [12, 40, 200]

const ascending = (one: number, other: number) => one - other

/**
 * Two kinds of customers, who buy among the first or the last six items; the first of each kind again and again. Item 5
 * sells only of late.
 */
function twoTastes(): LoggedOrder[] {
  let state = 7
  const below = (limit: number) => (state = (state * 48271) % 2147483647) % limit
  return Array.from({ length: 240 }, (_, number) => {
    const customer = number % customerCount
    const first = customer % 2 === 0 ? 0 : 6
    const placedAt = Math.floor(number / 1.25)
    const items = [first, first + below(5), first + below(5)]
    if (first === 0 && placedAt > 150 && below(3) > 0) items.push(5)
    return { customer, placedAt, items }
  })
}

const log = buildOrderLog(itemCount, customerCount, twoTastes())
const model = fitModel(log, now)
const demand = demandOf(log, now)
const ask = (history: CustomerHistory, excluded?: ReadonlySet<number>) => ({
  model,
  demand,
  history,
  now,
  count: itemCount,
  ...(excluded && { excluded }),
})

describe('an order log', () => {
  test('has the orders of a customer in time, items once', () => {
    const small = buildOrderLog(3, 2, [
      { customer: 1, placedAt: 5, items: [2, 0, 2] },
      { customer: 0, placedAt: 9, items: [1] },
      { customer: 1, placedAt: 3, items: [1] },
      { customer: 0, placedAt: 1, items: [] },
    ])
    expect(historyOf(small, 0)).toEqual({ orders: [{ placedAt: 9, items: Uint32Array.of(1) }] })
    expect(historyOf(small, 1)).toEqual({
      orders: [
        { placedAt: 3, items: Uint32Array.of(1) },
        { placedAt: 5, items: Uint32Array.of(0, 2) },
      ],
    })
    expect([...itemsBought(historyOf(small, 1))]).toEqual([0, 2, 1])
  })

  test('before a time is the log of the orders before it', () => {
    fc.assert(
      fc.property(fc.nat(250), (time) => {
        const before = twoTastes().filter(({ placedAt }) => placedAt < time)
        expect(ordersBefore(log, time)).toEqual(buildOrderLog(itemCount, customerCount, before))
      }),
    )
  })
})

describe('demand', () => {
  test('counts orders, less the older they are', () => {
    const orders = [
      { customer: 0, placedAt: 100, items: [0, 1] },
      { customer: 1, placedAt: 90, items: [0] },
    ]
    const counted = demandOf(buildOrderLog(3, 2, orders), 100)
    expect([...counted.recent]).toEqual([1.5, 1, 0])
    expect([...counted.lately].map((value) => value.toFixed(6))).toEqual([
      (1 + 2 ** (-1 / 3)).toFixed(6),
      '1.000000',
      '0.000000',
    ])
    expect([...counted.total]).toEqual([2, 1, 0])
  })
})

describe('a fit', () => {
  test('is the same for the same orders, in whatever order they come', () => {
    const again = fitModel(buildOrderLog(itemCount, customerCount, twoTastes().toReversed()), now)
    expect(encodeModel(again)).toEqual(encodeModel(model))
  })

  test('tells its steps', () => {
    const steps: string[] = []
    fitModel(log, now, (done, all) => steps.push(`${done}/${all}`))
    expect(steps).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7'])
  })

  test.each([
    ['nothing', []],
    ['one order', [{ customer: 0, placedAt: 1, items: [0, 1] }]],
    ['orders all at once', [0, 1, 2].map((customer) => ({ customer, placedAt: 4, items: [customer] }))],
  ])('of %s has finite rankings', (_, orders) => {
    const small = buildOrderLog(3, 3, orders)
    const fitted = fitModel(small, 5)
    const request = { model: fitted, demand: demandOf(small, 5), history: historyOf(small, 0), now: 5, count: 3 }
    for (const rank of [rankDiscoveries, rankRepurchases, rankNextBasket]) {
      for (const score of rank(request).scores) expect(Number.isFinite(score)).toBe(true)
    }
  })

  test('knows what goes together though nothing was bought for years but today', () => {
    const gap = [...twoTastes(), { customer: 0, placedAt: 5600, items: [0] }]
    const fitted = fitModel(buildOrderLog(itemCount, customerCount, gap), 5601)
    const strongest = (row: Float32Array) => row.reduce((most, value) => Math.max(most, value), 0)
    expect(strongest(fitted.affinity.values)).toBeGreaterThan(strongest(model.affinity.values) / 1000)
    expect(strongest(fitted.succession.values)).toBeGreaterThan(strongest(model.succession.values) / 1000)
  })

  test('goes through bytes unchanged, and another format is no model', () => {
    const bytes = encodeModel(model)
    // At an odd place in a larger piece of memory, as a driver may hand it over.
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decodeModel(shifted.subarray(3))).toEqual(model)
    const text = new TextDecoder().decode(bytes.subarray(4, 40))
    expect(text).toMatch(/^\{"format":1,/)
    const other = bytes.slice()
    other[4 + '{"format":'.length] = '9'.charCodeAt(0)
    expect(decodeModel(other)).toBeNull()
  })
})

describe('rankings', () => {
  test('discoveries hold all that others bought, repurchases all that was, the next basket both', () => {
    for (let customer = 0; customer < customerCount; customer++) {
      const history = historyOf(log, customer)
      const bought = itemsBought(history)
      const discoveries = [...rankDiscoveries(ask(history)).items]
      const repurchases = [...rankRepurchases(ask(history)).items]
      expect(discoveries.toSorted(ascending)).toEqual(
        Array.from({ length: itemCount }, (_, item) => item)
          .filter((item) => demand.total[item]! > 0 && !bought.has(item))
          .toSorted(ascending),
      )
      expect(repurchases.toSorted(ascending)).toEqual([...bought].toSorted(ascending))
      expect([...rankNextBasket(ask(history)).items].toSorted(ascending)).toEqual(
        [...discoveries, ...repurchases].toSorted(ascending),
      )
    }
  })

  test('customers are recommended what others of their taste buy, because of what they bought', () => {
    const history: CustomerHistory = { orders: [{ placedAt: 190, items: [6, 7] }] }
    const { items, because } = rankDiscoveries(ask(history))
    expect(items.slice(0, 3).toSorted()).toEqual(Uint32Array.of(8, 9, 10))
    for (const reason of because.slice(0, 3)) expect([6, 7]).toContain(reason)
  })

  test('what is bought again and again comes first among what is bought again', () => {
    const history = historyOf(log, 0)
    const { items, because } = rankRepurchases(ask(history))
    expect(items[0]).toBe(0)
    expect([...because]).toEqual([...items])
  })

  test('a new customer has what sells now, and what goes with an interest before the rest', () => {
    const trending = rankDiscoveries(ask({ orders: [] }))
    const byDemand = Array.from({ length: itemCount }, (_, item) => item)
      .filter((item) => demand.recent[item]! > 0)
      .toSorted((one, other) => demand.recent[other]! - demand.recent[one]!)
    expect([...trending.items]).toEqual(byDemand)
    expect([...trending.because]).toEqual(byDemand.map(() => -1))
    const place = (items: Uint32Array, item: number) => items.indexOf(item)
    const { items, because } = rankDiscoveries(ask({ orders: [], interests: [{ item: 7, weight: 1 }] }))
    expect(place(items, 8)).toBeLessThan(place(trending.items, 8))
    expect(because[place(items, 8)]).toBe(7)
    expect(rankRepurchases(ask({ orders: [] })).items).toHaveLength(0)
  })

  test('the next basket begins with the same, however much of it is asked for', () => {
    // A shop in which what was bought next had nothing to do with what was bought before.
    const chance = twoTastes().map(({ customer, placedAt }, number) => ({
      customer,
      placedAt,
      items: [(number * 7 + customer * 5) % itemCount],
    }))
    const chanceLog = buildOrderLog(itemCount, customerCount, chance)
    const request = { model: fitModel(chanceLog, now), demand: demandOf(chanceLog, now), now }
    for (let customer = 0; customer < customerCount; customer++) {
      const history = historyOf(chanceLog, customer)
      const all = rankNextBasket({ ...request, history, count: itemCount })
      for (let count = 1; count < itemCount; count++) {
        expect(rankNextBasket({ ...request, history, count }).items).toEqual(all.items.slice(0, count))
      }
      expect(all.scores[0]).toBe(1)
    }
  })

  test('what is excluded is in none', () => {
    const history = historyOf(log, 0)
    const excluded = new Set([0, 8])
    for (const rank of [rankDiscoveries, rankRepurchases, rankNextBasket]) {
      for (const item of rank(ask(history, excluded)).items) expect(excluded).not.toContain(item)
    }
  })
})

describe('ndcg', () => {
  test('by hand: hits at ranks 1 and 3 of two relevant', () => {
    const expected = (1 + 1 / 2) / (1 + 1 / Math.log2(3))
    expect(ndcg(Uint32Array.of(4, 9, 5), new Set([4, 5]), 10)).toBeCloseTo(expected, 12)
    expect(ndcg(Uint32Array.of(4, 5), new Set([4, 5]), 10)).toBe(1)
    expect(ndcg(Uint32Array.of(1, 2), new Set([4]), 10)).toBe(0)
    expect(ndcg(Uint32Array.of(1, 2), new Set(), 10)).toBe(0)
  })
})
