import { randomUUID } from 'node:crypto'
import { orderCancelled, orderPlaced } from '@cartograph/contracts'
import { demandHalfLives } from '@cartograph/recommender'
import { guest, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { cornerShop, kettle, lamp, milk, order, product, spoon, sugar, tea } from './some-shop.ts'

let shop: SubgraphUnderTest

const newYear = Date.UTC(2026, 0, 1)
const dayMs = 86_400_000
const envelope = (name: string, aggregateId: string, aggregateVersion: number, payload: object) => ({
  id: randomUUID(),
  name,
  aggregateId,
  aggregateVersion,
  occurredAt: '2026-11-25T10:00:00.000Z',
  payload,
})
const linesOf = (products: readonly number[]) =>
  products.map((number) => ({
    variantId: uuidOf('variant', number),
    productId: uuidOf('product', number),
    quantity: 2,
  }))
const placed = (orderId: string, day: number, products: readonly number[], customerId: string | null = null) =>
  envelope(orderPlaced.name, orderId, 1, {
    orderId,
    checkoutId: randomUUID(),
    cartId: randomUUID(),
    customerId,
    placedAt: new Date(newYear + day * dayMs).toISOString(),
    lines: linesOf(products),
  })
const cancelled = (orderId: string, products: readonly number[]) =>
  envelope(orderCancelled.name, orderId, 2, { orderId, checkoutId: null, customerId: null, lines: linesOf(products) })
async function deliver(...events: object[]): Promise<void> {
  const outcomes = events.map(() => 'done')
  expect(await shop.post('/events', { events })).toEqual({ status: 200, content: { outcomes } })
}

interface DemandRow {
  readonly product_id: string
  readonly recent: number
  readonly lately: number
  readonly orders: number
  readonly last_at: Date
  readonly changed_at: Date
}
const demand = () => shop.sql<DemandRow & Record<string, unknown>>('select * from product_demand order by product_id')

/** What demand is by its definition, of the purchases that are stored: counted here, from the last of them. */
async function demandOfPurchases() {
  const purchases = await shop.sql<{ product_id: string; at: Date }>('select product_id, at from purchase')
  const daysOf = new Map<string, number[]>()
  for (const { product_id: id, at } of purchases) daysOf.set(id, [...(daysOf.get(id) ?? []), at.getTime() / dayMs])
  const log = (days: number[], halfLife: number) => {
    const last = Math.max(...days)
    return last / halfLife + Math.log2(days.reduce((sum, day) => sum + 2 ** ((day - last) / halfLife), 0))
  }
  return [...daysOf]
    .map(([id, days]) => ({
      product_id: id,
      recent: expect.closeTo(log(days, demandHalfLives.recent), 9) as number,
      lately: expect.closeTo(log(days, demandHalfLives.lately), 9) as number,
      orders: days.length,
      last_at: new Date(Math.max(...days) * dayMs),
    }))
    .toSorted((one, other) => (one.product_id < other.product_id ? -1 : 1))
}
const withoutTimes = (rows: readonly DemandRow[]) => rows.map(({ changed_at: _at, ...row }) => row)

/** Stored demand is that of the stored purchases, and a load, which counts them anew, finds the same. */
async function expectDemandOfPurchases(): Promise<void> {
  const expected = await demandOfPurchases()
  expect(withoutTimes(await demand())).toEqual(expected)
}

describe('an order', () => {
  beforeEach(async () => {
    shop = await recommendationsUnderTest()
  })
  afterEach(() => shop.stop())

  test('counts once for each product, whoever placed it and however much it holds', async () => {
    const { recent, lately } = demandHalfLives
    await deliver(
      placed(uuidOf('order', 1), 0, [tea, tea, milk]),
      placed(uuidOf('order', 2), recent, [tea], uuidOf('user', 1)),
    )
    const newYearDays = newYear / dayMs
    expect(withoutTimes(await demand())).toEqual(
      [
        {
          product_id: uuidOf('product', tea),
          // With h the half-life: 2^(d/h) + 2^((d+h)/h) = 3 · 2^(d/h)
          recent: expect.closeTo(newYearDays / recent + Math.log2(3), 9) as number,
          lately: expect.closeTo(newYearDays / lately + Math.log2(1 + 2 ** (recent / lately)), 9) as number,
          orders: 2,
          last_at: new Date(newYear + recent * dayMs),
        },
        {
          product_id: uuidOf('product', milk),
          recent: expect.closeTo(newYearDays / recent, 9) as number,
          lately: expect.closeTo(newYearDays / lately, 9) as number,
          orders: 1,
          last_at: new Date(newYear),
        },
      ].toSorted((one, other) => (one.product_id < other.product_id ? -1 : 1)),
    )
  })

  test('counts in what is trending at once, and not any more when it is called off', async () => {
    await loadShop(shop, cornerShop)
    const trending = async () =>
      (
        await shop.ask<{ trending: { edges: { node: { id: string }; score: number }[] } }>(
          guest(),
          '{ trending { edges { node { id } score } } }',
        )
      ).data.trending.edges.map(({ node }) => node.id)
    const before = await trending()
    // More than a half-life after what sells best, the two orders for sugar on day 120.
    await deliver(placed(uuidOf('order', 60), 121 + demandHalfLives.recent, [spoon]))
    expect(await trending()).toEqual([before.at(-1), ...before.slice(0, -1)])
    await deliver(cancelled(uuidOf('order', 60), [spoon]))
    expect(await trending()).toEqual(before)
  })

  test('says when it changed what it changed, and leaves the rest', async () => {
    await loadShop(shop, cornerShop)
    const before = await demand()
    const start = Date.now() - 1
    await deliver(placed(uuidOf('order', 60), 1, [tea, lamp]))
    const after = await demand()
    const changed = after.filter((row, index) => row.changed_at.getTime() !== before[index]!.changed_at.getTime())
    expect(changed.map((row) => row.product_id).toSorted()).toEqual(
      [uuidOf('product', tea), uuidOf('product', lamp)].toSorted(),
    )
    for (const row of changed) expect(row.changed_at.getTime()).toBeGreaterThanOrEqual(start)
    await loadShop(shop, cornerShop)
    expect((await demand()).map((row) => row.orders)).toEqual(after.map((row) => row.orders))
    await expectDemandOfPurchases()
  })

  test('of long ago counts as next to nothing, and breaks nothing', async () => {
    await deliver(placed(uuidOf('order', 1), -20_000, [tea]), placed(uuidOf('order', 2), 100, [tea]))
    await deliver(placed(uuidOf('order', 3), -20_400, [tea]))
    await expectDemandOfPurchases()
    await deliver(cancelled(uuidOf('order', 3), [tea]))
    await expectDemandOfPurchases()
    await loadShop(shop, [product(tea)])
    await expectDemandOfPurchases()
    await deliver(cancelled(uuidOf('order', 2), [tea]))
    await expectDemandOfPurchases()
    const { data } = await shop.ask<{ trending: { edges: { score: number }[] } }>(
      guest(),
      '{ trending { edges { score } } }',
    )
    expect(data.trending.edges).toEqual([{ score: 2 ** -1000 }])
  })

  test('is counted as before when its buyer is forgotten', async () => {
    await loadShop(shop, cornerShop)
    const before = await demand()
    await deliver(envelope('users.account-deleted.v1', uuidOf('user', 1), 1, { userId: uuidOf('user', 1) }))
    expect(await demand()).toEqual(before)
  })
})

describe('at the same time', () => {
  beforeEach(async () => {
    shop = await recommendationsUnderTest()
  })
  afterEach(() => shop.stop())

  test('forty orders of the same products in different orders are all counted', async () => {
    const products = [tea, milk, sugar, kettle, spoon, lamp]
    const rotated = (by: number) => [...products.slice(by % 6), ...products.slice(0, by % 6)]
    await Promise.all(Array.from({ length: 40 }, (_, index) => deliver(placed(randomUUID(), index, rotated(index)))))
    expect((await demand()).map(({ orders }) => orders)).toEqual([40, 40, 40, 40, 40, 40])
    await expectDemandOfPurchases()
  })

  test('orders, what calls them off and a load leave the demand for what is left', async () => {
    await loadShop(shop, cornerShop)
    const ids = Array.from({ length: 24 }, () => randomUUID())
    await Promise.all(ids.slice(0, 12).map((id, index) => deliver(placed(id, index, [tea, milk, lamp]))))
    await Promise.all([
      ...ids.slice(0, 12).map((id) => deliver(cancelled(id, [tea, milk, lamp]))),
      loadShop(shop, [order(70, 7, 50, [tea, lamp]), order(71, 7, 51, [lamp, milk])]),
      ...ids.slice(12).map((id, index) => deliver(placed(id, index, [lamp, milk, tea]))),
      ...ids.slice(18).map((id) => deliver(cancelled(id, [tea, milk, lamp]))),
    ])
    const { purchase } = await shop.stored()
    expect(purchase!.filter((row) => row['product_id'] === uuidOf('product', lamp))).toHaveLength(1 + 2 + 6)
    await expectDemandOfPurchases()
  })
})

describe('any sequence of orders, of these again and of what calls them off', () => {
  beforeAll(async () => {
    shop = await recommendationsUnderTest()
    await loadShop(shop, cornerShop)
  })
  afterAll(() => shop.stop())

  const happening = fc.record({
    order: fc.integer({ min: 0, max: 5 }),
    what: fc.constantFrom('placed', 'placed', 'cancelled', 'forgotten'),
    day: fc.double({ min: -400, max: 400, noNaN: true }),
    products: fc.array(fc.constantFrom(tea, milk, sugar, kettle, spoon, lamp), { minLength: 1, maxLength: 5 }),
  })

  test('gives the demand that counting anew gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 15 }), async (happenings) => {
        const ids = Array.from({ length: 6 }, () => randomUUID())
        for (const { order: number, what, day, products } of happenings) {
          const id = ids[number]!
          if (what === 'placed') await deliver(placed(id, day, products, id))
          else if (what === 'cancelled') await deliver(cancelled(id, products))
          else await deliver(envelope('users.account-deleted.v1', id, 1, { userId: id }))
        }
        await expectDemandOfPurchases()
      }),
      { numRuns: 40 },
    )
    const stored = withoutTimes(await demand())
    await loadShop(shop, [])
    const close = (row: Omit<DemandRow, 'changed_at'>) => ({
      ...row,
      recent: expect.closeTo(row.recent, 9) as number,
      lately: expect.closeTo(row.lately, 9) as number,
    })
    expect(withoutTimes(await demand())).toEqual(stored.map(close))
  })
})
