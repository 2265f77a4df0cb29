import { randomUUID } from 'node:crypto'
import { orderPlaced } from '@cartograph/contracts'
import { createLogger } from '@cartograph/service-runtime'
import { eventually, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PrismaClient } from '../src/database.ts'
import { fitModelOnce } from '../src/model/fit-model-once.ts'
import { isFitDue, keepFitting } from '../src/model/keep-fitting.ts'
import { recommendationsUnderTest } from './recommendations-under-test.ts'
import { kettle, milk, tea } from './some-shop.ts'

let shop: SubgraphUnderTest
let db: PrismaClient
let fitting: { stop(): Promise<void> } | null

beforeEach(async () => {
  shop = await recommendationsUnderTest()
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: shop.database.connectionString }) })
  fitting = null
  const known = [tea, milk, kettle].map((number) => uuidOf('product', number))
  await shop.sql(`insert into product (id, category_ids) select id, '{}' from unnest($1::uuid[]) as id`, [known])
})
afterEach(async () => {
  await fitting?.stop()
  await db.$disconnect()
  await shop.stop()
})

const begin = () => {
  fitting = keepFitting({
    db,
    databaseUrl: shop.database.connectionString,
    logger: createLogger('recommendations', 'silent'),
    everyMs: 20,
  })
}

async function buy(number: number, products: readonly number[], placedAt = new Date()): Promise<void> {
  const event = {
    id: randomUUID(),
    name: orderPlaced.name,
    aggregateId: uuidOf('order', number),
    aggregateVersion: 1,
    occurredAt: placedAt.toISOString(),
    payload: {
      orderId: uuidOf('order', number),
      checkoutId: randomUUID(),
      cartId: randomUUID(),
      customerId: uuidOf('user', number),
      placedAt: placedAt.toISOString(),
      lines: products.map((place) => ({
        variantId: uuidOf('variant', place),
        productId: uuidOf('product', place),
        quantity: 1,
      })),
    },
  }
  expect(await shop.post('/events', { events: [event] })).toEqual({ status: 200, content: { outcomes: ['done'] } })
}

const models = () =>
  shop.sql<{ version: number; orders: number; in_use: boolean }>(
    `select version, orders, exists (select from model_in_use u where u.version = m.version) as in_use
     from model m order by version`,
  )

/** As if the newest model had been made two days ago. */
const age = () => shop.sql(`update model set fitted_at = fitted_at - interval '2 days'`)

test('the first orders of a shop are fitted to in a thread, and then no more until a day is over', async () => {
  begin()
  await buy(1, [tea, milk])
  await eventually(async () => expect(await models()).toEqual([{ version: 1, orders: 1, in_use: true }]))
  await buy(2, [tea, kettle])
  await age()
  await eventually(async () =>
    expect(await models()).toEqual([
      { version: 1, orders: 1, in_use: false },
      { version: 2, orders: 2, in_use: true },
    ]),
  )
  // What was bought until then is known: another day alone is no reason.
  await age()
  await buy(3, [milk], new Date(Date.now() - 60_000))
  expect(await isFitDue(db)).toBe(false)
})

test('who finds somebody fitting leaves it to them', async () => {
  await buy(1, [tea, milk])
  const [one, other] = [0, 1].map(() => new pg.Client({ connectionString: shop.database.connectionString }))
  await Promise.all([one!.connect(), other!.connect()])
  try {
    // The first holds its lock until it may write.
    await other!.query('begin')
    await other!.query('lock table model in exclusive mode')
    const first = fitModelOnce(one!)
    await eventually(async () => {
      const waiting = await shop.sql(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
      expect(waiting).toHaveLength(1)
    })
    const third = new pg.Client({ connectionString: shop.database.connectionString })
    await third.connect()
    expect(await fitModelOnce(third)).toBeNull()
    await third.end()
    await other!.query('rollback')
    expect(await first).toBe(1)
  } finally {
    await Promise.all([one!.end(), other!.end()])
  }
})

test('stopped in the middle, the model before it stays in use', async () => {
  await buy(1, [tea, milk])
  const connection = new pg.Client({ connectionString: shop.database.connectionString })
  await connection.connect()
  await fitModelOnce(connection)
  await buy(2, [tea, kettle], new Date(Date.now() + 1000))
  await age()
  const stored = await shop.stored()
  await connection.query('begin')
  await connection.query('lock table model in share mode')
  begin()
  await eventually(async () => {
    const waiting = await shop.sql(
      `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
    )
    expect(waiting).toHaveLength(1)
  })
  await fitting!.stop()
  await connection.query('rollback')
  await connection.end()
  expect(await shop.stored()).toEqual(stored)
})
