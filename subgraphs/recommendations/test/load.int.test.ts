import { toGlobalId } from '@cartograph/global-ids'
import { guest, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest, storedButVersions } from './recommendations-under-test.ts'
import { cornerShop, jumbleSale, kettle, lamp, milk, order, product, spoon, sugar, tea } from './some-shop.ts'

let shop: SubgraphUnderTest

beforeEach(async () => {
  shop = await recommendationsUnderTest()
})
afterEach(() => shop.stop())

test('writes purchases by order and product, without what was called off', async () => {
  expect(await loadShop(shop, cornerShop)).toEqual({
    category: { read: 4, written: 4 },
    product: { read: 7, written: 7 },
    order: { read: 8, written: 7 },
  })
  const { purchase, variant } = await shop.stored()
  expect(variant).toHaveLength(14)
  expect(purchase).toHaveLength(3 + 2 + 3 + 3 + 2 + 1 + 2)
  expect(purchase?.filter((row) => row['order_id'] === uuidOf('order', 2))).toEqual([
    {
      order_id: uuidOf('order', 2),
      product_id: uuidOf('product', tea),
      user_id: uuidOf('user', 1),
      quantity: 4,
      at: new Date('2026-01-31T00:00:00.000Z'),
    },
    {
      order_id: uuidOf('order', 2),
      product_id: uuidOf('product', milk),
      user_id: uuidOf('user', 1),
      quantity: 2,
      at: new Date('2026-01-31T00:00:00.000Z'),
    },
  ])
})

test('twice is the same as once', async () => {
  const records = jumbleSale()
  await loadShop(shop, records)
  const once = await storedButVersions(shop)
  expect(once.neighbour.filter((row) => row['nearness'] === 'SIMILAR_ITEM').length).toBeGreaterThan(500)
  expect(await loadShop(shop, records)).toEqual({
    category: { read: 3, written: 0 },
    product: { read: 60, written: 0 },
    order: { read: 240, written: 0 },
  })
  expect(await storedButVersions(shop)).toEqual(once)
})

test('in two parts is the same as in one', async () => {
  const records = jumbleSale()
  await loadShop(shop, records.slice(0, 150))
  await loadShop(shop, records.slice(150))
  const inTwo = await storedButVersions(shop)
  const other = await recommendationsUnderTest()
  try {
    await loadShop(other, records)
    expect(await storedButVersions(other)).toEqual(inTwo)
  } finally {
    await other.stop()
  }
})

test('recommends nothing that is no product here', async () => {
  await loadShop(shop, [product(tea), order(1, 1, 0, [tea, milk]), order(2, 2, 1, [tea, milk])])
  const { purchase, neighbour } = await shop.stored()
  expect(purchase).toHaveLength(4)
  expect(neighbour).toEqual([])
  const { data } = await shop.ask(guest(), '{ trending { edges { node { id } } } }')
  expect(data).toEqual({ trending: { edges: [{ node: { id: toGlobalId('Product', uuidOf('product', tea)) } }] } })
})

describe('leaves everything as it was', () => {
  const models = { model: [], model_in_use: [], neighbour: [], product_demand: [] }
  const heard = { stock: [], cancelled_order: [], inbox: [], interaction: [] }
  const nothing = { deleted_user: [], category: [], product: [], variant: [], purchase: [], ...models, ...heard }

  test.each([
    ['a torn line', '{"kind":"order","id":', /JSON/],
    [
      'a line of no units',
      order(90, 1, 0, [kettle], { lines: [{ ...order(90, 1, 0, [kettle]).lines[0]!, quantity: 0 }] }),
      /purchase_quantity_check/,
    ],
    ['an id that is none', { ...order(90, 1, 0, [lamp]), id: 'x' }, /uuid/],
  ])('when it breaks at %s', async (_name, broken, complaint) => {
    await expect(loadShop(shop, [...cornerShop, broken])).rejects.toThrow(complaint)
    expect(await shop.stored()).toEqual(nothing)

    await loadShop(shop, cornerShop)
    const before = await shop.stored()
    await expect(
      loadShop(shop, [order(91, 3, 0, [spoon, sugar]), order(92, 4, 0, [spoon, sugar]), broken]),
    ).rejects.toThrow(complaint)
    expect(await shop.stored()).toEqual(before)
  })
})
