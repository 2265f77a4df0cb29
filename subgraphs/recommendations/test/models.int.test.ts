import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, guest, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listModels } from '../src/model/list-models.ts'
import { rollBackModel } from '../src/model/roll-back-model.ts'
import { runModelsCommand } from '../src/model/run-models-command.ts'
import { useModel } from '../src/model/use-model.ts'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { cornerShop, kettle, lamp, milk, order, spoon, sugar, tea } from './some-shop.ts'

let shop: SubgraphUnderTest
let connection: pg.Client

beforeEach(async () => {
  shop = await recommendationsUnderTest()
  connection = new pg.Client({ connectionString: shop.database.connectionString })
  await connection.connect()
})
afterEach(async () => {
  await connection.end()
  await shop.stop()
})

/** Two users more buy lamp and spoon, in two orders more at each call. */
let nextOrder = 50
async function loadLampAndSpoon(): Promise<void> {
  nextOrder += 2
  await loadShop(shop, [order(nextOrder, 70, 130, [lamp, spoon]), order(nextOrder + 1, 71, 130, [lamp, spoon])])
}
const asEntity = (number: number) => ({ __typename: 'Product', id: toGlobalId('Product', uuidOf('product', number)) })

/** Every list that a model answers, of tea, of the lamp and of carts with one of them. */
async function answers() {
  const list = '{ edges { node { id } score reason { becauseOf { id } } } }'
  const { data } = await shop.ask(
    guest(),
    entitiesQuery(`... on Product { similar ${list} boughtTogether ${list} } ... on Cart { suggestions ${list} }`),
    {
      of: [
        ...[tea, lamp].map(asEntity),
        ...[tea, lamp].map((number) => ({
          __typename: 'Cart',
          id: `cart_${number}`,
          lines: [{ variant: { id: toGlobalId('ProductVariant', uuidOf('variant', number)) } }],
        })),
      ],
    },
  )
  return data
}
const versions = async () => (await listModels(connection)).map(({ version, inUse }) => [version, inUse])

describe('a model', () => {
  test('is a version, with what it was made of', async () => {
    await loadShop(shop, cornerShop)
    const before = Date.now()
    expect(await listModels(connection)).toEqual([
      {
        version: 1,
        fittedAt: expect.any(Date) as Date,
        trainedUntil: new Date('2026-05-01T00:00:00.000Z'),
        orders: 7,
        products: 7,
        inUse: true,
      },
    ])
    await loadLampAndSpoon()
    const [second, first] = await listModels(connection)
    expect(second).toMatchObject({ version: 2, orders: 9, trainedUntil: new Date('2026-05-11'), inUse: true })
    expect(second!.fittedAt.getTime()).toBeGreaterThanOrEqual(before)
    expect(first).toMatchObject({ version: 1, orders: 7, inUse: false })
  })

  test('of no orders has no last purchase', async () => {
    await loadShop(shop, [])
    expect(await listModels(connection)).toMatchObject([{ version: 1, trainedUntil: null, orders: 0, products: 0 }])
  })

  test('is kept while it is in use, and five others', async () => {
    await loadShop(shop, cornerShop)
    const ofFirst = await answers()
    for (let load = 0; load < 3; load += 1) await loadShop(shop, [])
    await useModel(connection, 1)
    // Each load puts its own into use, so that the first is kept as one of the five until there are as many newer.
    for (let load = 0; load < 4; load += 1) await loadShop(shop, [])
    expect(await versions()).toEqual([8, 7, 6, 5, 4, 3].map((version) => [version, version === 8]))
    const ofVersions = await shop.sql<{ of: number[] }>(
      'select array_agg(distinct model_version order by model_version) as of from neighbour',
    )
    expect(ofVersions).toEqual([{ of: [3, 4, 5, 6, 7, 8] }])
    expect(await answers()).toEqual(ofFirst)
  })
})

describe('rolling back', () => {
  test('brings every answer back to what the version before gave, and forward again', async () => {
    await loadShop(shop, cornerShop)
    const ofFirst = await answers()
    await loadLampAndSpoon()
    const ofSecond = await answers()
    expect(ofSecond).not.toEqual(ofFirst)
    expect(await runModelsCommand(connection, ['rollback'])).toEqual({ inUse: 1 })
    expect(await answers()).toEqual(ofFirst)
    expect(await versions()).toEqual([
      [2, false],
      [1, true],
    ])
    expect(await runModelsCommand(connection, ['rollback', '2'])).toEqual({ inUse: 2 })
    expect(await answers()).toEqual(ofSecond)
  })

  test('takes the newest that is older than the one in use', async () => {
    for (let load = 0; load < 4; load += 1) await loadShop(shop, [])
    await useModel(connection, 3)
    expect(await rollBackModel(connection, null)).toBe(2)
    expect(await rollBackModel(connection, null)).toBe(1)
  })

  test.each([
    ['to a version that never was', ['rollback', '404'], /There is no model 404/],
    ['to a version that is none', ['rollback', '1; drop table model'], /A version is a whole number/],
    ['to a version beyond all', ['rollback', '99999999999'], /A version is a whole number/],
    ['beyond the first', ['rollback'], /No model is kept that is older/],
    ['by another word', ['roll'], /There is no "roll"/],
  ])('is refused %s, and changes nothing', async (_name, args, complaint) => {
    await loadShop(shop, cornerShop)
    const before = await shop.stored()
    await expect(runModelsCommand(connection, args)).rejects.toThrow(complaint)
    expect(await shop.stored()).toEqual(before)
  })

  test('while nothing was computed is refused', async () => {
    await expect(runModelsCommand(connection, ['rollback'])).rejects.toThrow(/No model is kept/)
    expect(await listModels(connection)).toEqual([])
  })

  test('to the version that a load is removing waits, and is then refused', async () => {
    for (let load = 0; load < 6; load += 1) await loadShop(shop, [])
    const loading = new pg.Client({ connectionString: shop.database.connectionString })
    await loading.connect()
    try {
      await loading.query('begin')
      await loading.query('lock table model in exclusive mode')
      const [{ pid }] = (await connection.query<{ pid: number }>('select pg_backend_pid() as pid')).rows as [
        { pid: number },
      ]
      const rollback = useModel(connection, 1).catch((error: Error) => error.message)
      await expect
        .poll(async () => (await shop.sql('select 1 from pg_locks where pid = $1 and not granted', [pid])).length)
        .toBe(1)
      await loading.query('delete from model where version = 1')
      await loading.query('commit')
      expect(await rollback).toMatch(/There is no model 1/)
    } finally {
      await loading.end()
    }
    expect(await versions()).toEqual([6, 5, 4, 3, 2].map((version) => [version, version === 6]))
  })
})

test('an answer is of one model, while another is put into use time and again', async () => {
  const similar = async () => {
    const list = '{ edges { node { id } score reason { becauseOf { id } } } }'
    const of = [tea, milk, sugar, lamp].map(asEntity)
    return JSON.stringify((await shop.ask(guest(), entitiesQuery(`... on Product { similar ${list} }`), { of })).data)
  }
  await loadShop(shop, cornerShop)
  const ofFirst = await similar()
  const everything = [lamp, spoon, kettle, milk, sugar, tea]
  await loadShop(shop, [order(80, 80, 130, everything), order(81, 81, 130, everything)])
  const ofSecond = await similar()
  expect(ofSecond).not.toBe(ofFirst)
  const seen: string[] = []
  let turns = 0
  const turning = (async () => {
    while (seen.length < 100) await useModel(connection, (turns++ % 2) + 1)
  })()
  while (seen.length < 100) seen.push(await similar())
  await turning
  expect(turns).toBeGreaterThan(20)
  expect(seen.filter((answer) => answer !== ofFirst && answer !== ofSecond)).toEqual([])
})
