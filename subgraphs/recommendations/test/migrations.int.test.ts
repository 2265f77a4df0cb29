import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { demandHalfLives } from '@cartograph/recommender'
import { guest, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { recommendationsUnderTest } from './recommendations-under-test.ts'
import { milk, tea } from './some-shop.ts'

let shop: SubgraphUnderTest
beforeEach(async () => {
  shop = await recommendationsUnderTest()
})
afterEach(() => shop.stop())

const migrations = path.resolve(import.meta.dirname, '../prisma/migrations')
const names = globSync('*/migration.sql', { cwd: migrations }).toSorted()
const versions = names.findIndex((name) => name.includes('signals_and_models'))
const migrate = async (from: number, to: number) => {
  for (const name of names.slice(from, to)) await shop.sql(readFileSync(path.join(migrations, name), 'utf8'))
}
/** The database as it was before there were models. */
async function beforeModels(): Promise<void> {
  await shop.sql('drop schema public cascade; create schema public')
  await migrate(0, versions)
}

test('a shop keeps its purchases, what it has computed is its first model, and demand is that of its purchases', async () => {
  await beforeModels()
  await shop.sql(`insert into product (id, category_ids) values ('${uuidOf('product', tea)}', '{}')`)
  const purchase = (number: number, at: string) =>
    `('${uuidOf('order', number)}', '${uuidOf('product', tea)}', null, 1, '${at}')`
  await shop.sql(`insert into purchase (order_id, product_id, user_id, quantity, at)
    values ${purchase(1, '1970-01-08')}, ${purchase(2, '1970-01-15')}, ${purchase(3, '1970-01-15')}`)
  for (const [table, score] of [
    ['similar_product', 0.5],
    ['bought_together', 0.25],
  ] as const) {
    await shop.sql(`insert into ${table} (product_id, rank, other_id, score)
      values ('${uuidOf('product', tea)}', 1, '${uuidOf('product', milk)}', ${score})`)
  }
  const before = (await shop.stored())['purchase']
  await migrate(versions, names.length)
  const {
    purchase: after,
    model,
    model_in_use: inUse,
    neighbour,
    product_demand: demand,
    product,
  } = await shop.stored()
  expect(after).toEqual(before)
  expect(model).toMatchObject([{ version: 1, orders: 3, products: 1, trained_until: new Date('1970-01-15') }])
  expect(inUse).toEqual([{ only: true, version: 1 }])
  const row = (nearness: string, score: number) => ({
    model_version: 1,
    nearness,
    product_id: uuidOf('product', tea),
    rank: 1,
    other_id: uuidOf('product', milk),
    score,
  })
  expect(neighbour).toEqual([row('SIMILAR_ITEM', 0.5), row('BOUGHT_TOGETHER', 0.25)])
  // One order on day 7 and two on day 14.
  const logOfDemand = (halfLife: number) => Math.log2(2 ** (7 / halfLife) + 2 * 2 ** (14 / halfLife))
  expect(demand).toMatchObject([
    {
      product_id: uuidOf('product', tea),
      recent: expect.closeTo(logOfDemand(demandHalfLives.recent), 9) as number,
      lately: expect.closeTo(logOfDemand(demandHalfLives.lately), 9) as number,
      orders: 3,
      last_at: new Date('1970-01-15'),
    },
  ])
  expect(product).toMatchObject([{ title_words: [] }])
})

test('a shop that has computed nothing has no model, and answers nothing', async () => {
  await beforeModels()
  await migrate(versions, names.length)
  const { model, model_in_use: inUse, product_demand: demand } = await shop.stored()
  expect([model, inUse, demand]).toEqual([[], [], []])
  expect(await shop.ask(guest(), '{ trending { edges { score } } }')).toEqual({ data: { trending: { edges: [] } } })
})
