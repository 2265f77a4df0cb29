import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { errorCodes, eventually, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PrismaClient } from '../src/database.ts'
import { fitModelOnce } from '../src/model/fit-model-once.ts'
import { runModelsCommand } from '../src/model/run-models-command.ts'
import { ServedModels } from '../src/personal/served-models.ts'
import { readPurchases } from '../src/purchase/read-purchases.ts'
import { personalLists, placements, productsOf, reasonsOf } from './ask-lists.ts'
import { loadShop, recommendationsUnderTest, storedButVersions } from './recommendations-under-test.ts'
import { cornerShop, lamp, spoon, sugar } from './some-shop.ts'
import { placed, tell } from './tell-events.ts'

let shop: SubgraphUnderTest
let connection: pg.Client

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: shop.database.connectionString })
  // Some are ended by the server here; unheard, that would end the tests.
  client.on('error', () => {})
  await client.connect()
  return client
}

beforeEach(async () => {
  shop = await recommendationsUnderTest()
  connection = await connect()
  await loadShop(shop, cornerShop)
})
afterEach(async () => {
  await connection.end()
  await shop.stop()
})

const serviceProgram = path.resolve(import.meta.dirname, '../../../bin/service.mjs')
const modelsCommand = path.resolve(import.meta.dirname, '../src/models-command.ts')

/** All personal lists of user 2, who bought tea, milk, kettle and spoon. */
async function listsOfBuyer() {
  const { recommended, buyAgain } = personalLists(shop, 2)
  return [...(await Promise.all(placements.map((placement) => recommended(placement)))), await buyAgain()]
}
/** Two users more buy lamp and spoon in one order: demand counts it at once, and the model when it is fitted next. */
const tellOfLampAndSpoon = () =>
  tell(shop, ...[70, 71].map((number) => placed(number, number, [lamp, spoon], new Date(Date.UTC(2026, 0, 131)))))

describe('a model that cannot rank', () => {
  test.each([
    ['of an earlier format', `set_byte(artifact, ${4 + '{"format":'.length}, ascii('9'))`],
    ['of before there were personal lists', 'null'],
  ])('%s leaves what is trending, until the next is fitted', async (_name, artifact) => {
    await shop.sql(`update model set artifact = ${artifact}`)
    const { recommended, buyAgain } = personalLists(shop, 2)
    for (const placement of placements) {
      const list = await recommended(placement)
      expect(productsOf(list)).toEqual([sugar, lamp])
      expect(reasonsOf(list).map(([code]) => code)).toEqual(['TRENDING', 'TRENDING'])
    }
    expect((await buyAgain()).edges).toEqual([])
    expect(await runModelsCommand(connection, ['fit'])).toEqual({ inUse: 2, seconds: expect.any(Number) as number })
    expect(reasonsOf(await recommended('HOME')).map(([code]) => code)).toEqual(['BECAUSE_YOU_BOUGHT', 'TRENDING'])
    expect((await buyAgain()).edges).toHaveLength(4)
  })

  test('damaged fails what asks for it, and is read again by whoever asks next', async () => {
    const [{ artifact }] = (await shop.sql('select artifact from model')) as [{ artifact: Buffer }]
    await shop.sql(`update model set artifact = substr(artifact, 1, 3)`)
    const { askFor, recommended } = personalLists(shop, 2)
    for (let time = 0; time < 2; time += 1) expect(errorCodes(await askFor('HOME'))).toEqual(['INTERNAL_SERVER_ERROR'])
    await shop.sql('update model set artifact = $1', [artifact])
    expect(productsOf(await recommended('HOME'))).toEqual([sugar, lamp])
  })

  test('gone since it was named is none, and does not keep others from theirs', async () => {
    const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: shop.database.connectionString }) })
    try {
      const models = new ServedModels(db)
      const [gone, ...there] = await Promise.all([404, 1, 1].map((version) => models.get(version)))
      expect(gone).toBeNull()
      expect(there.map((served) => served!.productIds.length)).toEqual([7, 7])
      // In memory it outlives its row, for whoever has begun with it.
      await fitModelOnce(connection)
      await shop.sql('delete from model where version = 1')
      expect((await models.get(1))!.model).toBe(there[0]!.model)
    } finally {
      await db.$disconnect()
    }
  })
})

describe('a fit', () => {
  test('learns what was told since the one before, for the very next answer, and can be rolled back', async () => {
    await tellOfLampAndSpoon()
    const ofFirst = await listsOfBuyer()
    // Nobody had bought the lamp with anything that user 2 has; now two have, with the spoon.
    expect(reasonsOf(ofFirst[0]!).at(productsOf(ofFirst[0]!).indexOf(lamp))).toEqual(['TRENDING', null])
    expect(await runModelsCommand(connection, ['fit'])).toMatchObject({ inUse: 2 })
    const ofSecond = await listsOfBuyer()
    expect(reasonsOf(ofSecond[0]!).at(productsOf(ofSecond[0]!).indexOf(lamp))).toEqual(['BECAUSE_YOU_BOUGHT', spoon])
    for (const [version, expected] of [
      [1, ofFirst],
      [2, ofSecond],
      [1, ofFirst],
    ] as const) {
      expect(await runModelsCommand(connection, ['rollback', String(version)])).toEqual({ inUse: version })
      expect(await listsOfBuyer()).toEqual(expected)
    }
  })

  test('of what is there already gives the same lists, and writes nothing but its version', async () => {
    const before = await storedButVersions(shop)
    const lists = await listsOfBuyer()
    expect(await fitModelOnce(connection)).toBe(2)
    expect(await storedButVersions(shop)).toEqual(before)
    expect(await listsOfBuyer()).toEqual(lists)
  })

  test('takes the numbers of products from one reading, also when one comes in between', async () => {
    const blocker = await connect()
    try {
      await blocker.query('begin')
      await blocker.query('lock table purchase in access exclusive mode')
      const reading = readPurchases(connection)
      await waitingFor('purchase')
      // Its id is before all others.
      await shop.sql(`insert into product (id, category_ids) values ('00000000-0000-0000-0000-000000000000', '{}')`)
      await blocker.query('rollback')
      const history = await reading
      expect(history.productIds).toEqual([1, 2, 3, 4, 5, 6, 7].map((number) => uuidOf('product', number)))
      const [first, second] = [history.starts[0]!, history.starts[1]!]
      expect(Array.from(history.items.slice(first, second), (item) => history.productIds[item])).toEqual(
        [1, 2, 3].map((number) => uuidOf('product', number)),
      )
    } finally {
      await blocker.end()
    }
  })
})

/** Resolves with the process of the server that waits for a lock on a table, or on a row of it. */
const waitingFor = (table: string) =>
  eventually(async () => {
    const rows = await shop.sql<{ pid: number }>(
      `select a.pid from pg_stat_activity a
       where a.datname = current_database() and a.wait_event_type = 'Lock' and a.query like $1`,
      [`%${table}%`],
    )
    expect(rows).toHaveLength(1)
    return rows[0]!.pid
  })
const holdsModelTable = async (pid: number) =>
  (
    await shop.sql(
      `select from pg_locks where pid = $1 and relation = 'model'::regclass and mode = 'ExclusiveLock' and granted`,
      [pid],
    )
  ).length === 1

describe('a fit that is killed while it holds the table of models', () => {
  let blocker: pg.Client
  beforeEach(async () => {
    await tellOfLampAndSpoon()
    blocker = await connect()
    await blocker.query('begin')
    await blocker.query('select from model_in_use for update')
  })
  afterEach(() => blocker.end())

  const isGone = (pid: number) =>
    eventually(async () => expect(await shop.sql('select from pg_stat_activity where pid = $1', [pid])).toEqual([]))

  async function expectNothingMoved(before: unknown, lists: unknown): Promise<void> {
    expect(await shop.stored()).toEqual(before)
    expect(await listsOfBuyer()).toEqual(lists)
    // The numbers of the versions that never were are lost, and nothing else is.
    expect(await fitModelOnce(connection)).toBe(3)
    expect(reasonsOf((await listsOfBuyer())[0]!)).toContainEqual(['BECAUSE_YOU_BOUGHT', spoon])
  }

  test('by its connection leaves the one before in use, and everything as it was', async () => {
    const [before, lists] = [await shop.stored(), await listsOfBuyer()]
    const fitting = await connect()
    try {
      const outcome = fitModelOnce(fitting).catch((error: Error & { code?: string }) => error.code)
      const pid = await waitingFor('model_in_use')
      expect(await holdsModelTable(pid)).toBe(true)
      await shop.sql('select pg_terminate_backend($1)', [pid])
      // admin_shutdown: what ended it, not what could not be done after that.
      expect(await outcome).toBe('57P01')
      await isGone(pid)
    } finally {
      await fitting.end()
    }
    await blocker.query('rollback')
    await expectNothingMoved(before, lists)
  })

  test('as a process leaves the one before in use, and everything as it was', async () => {
    const [before, lists] = [await shop.stored(), await listsOfBuyer()]
    const command = spawn(process.execPath, [serviceProgram, modelsCommand, 'fit'], {
      env: { DATABASE_URL: shop.database.connectionString },
      stdio: 'ignore',
    })
    const exit = once(command, 'exit')
    let pid: number
    try {
      pid = await waitingFor('model_in_use')
      expect(await holdsModelTable(pid)).toBe(true)
    } finally {
      command.kill('SIGKILL')
      expect(await exit).toEqual([null, 'SIGKILL'])
    }
    await blocker.query('rollback')
    await isGone(pid)
    await expectNothingMoved(before, lists)
  })
})

test('while models take turns, every answer is of one of them', async () => {
  await tellOfLampAndSpoon()
  const recommended = async () => JSON.stringify(await personalLists(shop, 2).recommended('HOME'))
  const ofFirst = await recommended()
  expect(await fitModelOnce(connection)).toBe(2)
  const ofSecond = await recommended()
  expect(ofSecond).not.toBe(ofFirst)
  const seen: string[] = []
  let turns = 0
  const turning = (async () => {
    while (seen.length < 100) {
      await shop.sql('update model_in_use set version = $1', [(turns % 2) + 1])
      turns += 1
    }
  })()
  while (seen.length < 100) seen.push(...(await Promise.all(Array.from({ length: 5 }, recommended))))
  await turning
  expect(turns).toBeGreaterThan(10)
  expect(new Set(seen)).toEqual(new Set([ofFirst, ofSecond]))
})
