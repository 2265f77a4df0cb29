import { afterAll, beforeAll, expect, test } from 'vitest'
import { MessageKeyReusedError, once } from '../src/index.ts'
import { databaseUnderTest } from './messaging-under-test.ts'

let database: Awaited<ReturnType<typeof databaseUnderTest>>
beforeAll(async () => {
  database = await databaseUnderTest()
  await database.sql('create table effect (id int)')
})
afterAll(() => database.drop())

const effects = async () => (await database.sql<{ count: number }>('select count(*)::int from effect'))[0]!.count
const effect = (result: unknown) => (tx: { $executeRawUnsafe(sql: string): Promise<number> }) =>
  tx.$executeRawUnsafe('insert into effect values (1)').then(() => result)

test('the effect happens once, and its result is answered again', async () => {
  const before = await effects()
  expect(await once(database.db, 'a.b.v1 1', { x: 1 }, effect({ answer: 42 }))).toEqual({ answer: 42 })
  expect(await once(database.db, 'a.b.v1 1', { x: 1 }, effect({ answer: 43 }))).toEqual({ answer: 42 })
  expect(await effects()).toBe(before + 1)
})

test('twenty at once: one effect, one result', async () => {
  const before = await effects()
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, number) => once(database.db, 'a.b.v1 2', {}, effect({ number }))),
  )
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1)
  expect(await effects()).toBe(before + 1)
})

test('another content under the same key is refused without effect', async () => {
  await once(database.db, 'a.b.v1 3', { x: 1 }, effect(null))
  const before = await effects()
  await expect(once(database.db, 'a.b.v1 3', { x: 2 }, effect(null))).rejects.toThrow(MessageKeyReusedError)
  expect(await effects()).toBe(before)
})

test('an effect that fails leaves nothing, and the key is as good as new', async () => {
  const before = await effects()
  const failing = once(database.db, 'a.b.v1 4', {}, async (tx) => {
    await tx.$executeRawUnsafe('insert into effect values (1)')
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await effects()).toBe(before)
  expect(await once(database.db, 'a.b.v1 4', {}, effect('done'))).toBe('done')
  expect(await effects()).toBe(before + 1)
})
