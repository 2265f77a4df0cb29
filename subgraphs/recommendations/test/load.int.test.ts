import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadLines, startRecommendations, type TestSubgraph } from './recommendations-subgraph.ts'
import { cornerShop, jumbleSale, kettle, lamp, milk, order, product, spoon, sugar, tea, uuidOf } from './some-shop.ts'

let shop: TestSubgraph

beforeEach(async () => {
  shop = await startRecommendations()
})
afterEach(() => shop.stop())

const tables = {
  category: 'id',
  product: 'id',
  variant: 'id',
  purchase: 'order_id, product_id',
  similar_product: 'product_id, rank',
  bought_together: 'product_id, rank',
  trending_product: 'rank',
}

async function everything(): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const [table, key] of Object.entries(tables)) {
    rows[table] = await shop.sql(`select * from ${table} order by ${key}`)
  }
  return rows
}

test('writes purchases by order and product, without what was called off', async () => {
  expect(await loadLines(shop.database, cornerShop)).toEqual({
    category: { read: 4, written: 4 },
    product: { read: 7, written: 7 },
    order: { read: 8, written: 7 },
  })
  const { purchase, variant } = await everything()
  expect(variant).toHaveLength(14)
  expect(purchase).toHaveLength(3 + 2 + 3 + 3 + 2 + 1 + 2)
  expect(purchase?.filter((row) => (row as { order_id: string }).order_id === uuidOf('order', 2))).toEqual([
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
  await loadLines(shop.database, records)
  const once = await everything()
  expect(once['similar_product']?.length).toBeGreaterThan(500)
  expect(await loadLines(shop.database, records)).toEqual({
    category: { read: 3, written: 0 },
    product: { read: 60, written: 0 },
    order: { read: 240, written: 0 },
  })
  expect(await everything()).toEqual(once)
})

test('in two parts is the same as in one', async () => {
  const records = jumbleSale()
  await loadLines(shop.database, records.slice(0, 150))
  await loadLines(shop.database, records.slice(150))
  const inTwo = await everything()
  const other = await startRecommendations()
  try {
    await loadLines(other.database, records)
    for (const [table, key] of Object.entries(tables)) expect(
      await other.sql(`select * from ${table} order by ${key}`),
    ).toEqual(inTwo[table])
  } finally {
    await other.stop()
  }
})

test('recommends nothing that is no product here', async () => {
  await loadLines(shop.database, [product(tea), order(1, 1, 0, [tea, milk]), order(2, 2, 1, [tea, milk])])
  const {
    purchase,
    similar_product: similar,
    bought_together: together,
    trending_product: trending,
  } = await everything()
  expect(purchase).toHaveLength(4)
  expect([similar, together]).toEqual([[], []])
  expect(trending).toMatchObject([{ rank: 1, product_id: uuidOf('product', tea) }])
})

describe('leaves everything as it was', () => {
  test.each([
    ['a torn line', '{"kind":"order","id":', /JSON/],
    [
      'a line of no units',
      order(90, 1, 0, [kettle], { lines: [{ ...order(90, 1, 0, [kettle]).lines[0]!, quantity: 0 }] }),
      /purchase_quantity_check/,
    ],
    ['an id that is none', { ...order(90, 1, 0, [lamp]), id: 'x' }, /uuid/],
  ])('when it breaks at %s', async (_name, broken, complaint) => {
    await expect(loadLines(shop.database, [...cornerShop, broken])).rejects.toThrow(complaint)
    for (const rows of Object.values(await everything())) expect(rows).toEqual([])

    await loadLines(shop.database, cornerShop)
    const before = await everything()
    await expect(
      loadLines(shop.database, [order(91, 3, 0, [spoon, sugar]), order(92, 4, 0, [spoon, sugar]), broken]),
    ).rejects.toThrow(complaint)
    expect(await everything()).toEqual(before)
  })
})
