import { randomUUID } from 'node:crypto'
import { defineEvent } from '@cartograph/contracts'
import { eventually } from '@cartograph/test-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { JobQueue, listDeadLetters, Outbox, outboxQueues, redriveDeadLetters } from '../src/index.ts'
import { databaseUnderTest, silent, subscriberUnderTest } from './messaging-under-test.ts'

const happened = defineEvent({
  name: 'orders.something-happened.v1',
  description: 'Something happened.',
  payload: z.object({ number: z.int() }),
  subscribers: ['carts', 'inventory'],
})

let database: Awaited<ReturnType<typeof databaseUnderTest>>
let carts: Awaited<ReturnType<typeof subscriberUnderTest>>
let inventory: Awaited<ReturnType<typeof subscriberUnderTest>>
let queue: JobQueue
let outbox: Outbox

beforeEach(async () => {
  database = await databaseUnderTest()
  carts = await subscriberUnderTest('carts')
  inventory = await subscriberUnderTest('inventory')
  queue = await JobQueue.open({
    connectionString: database.connectionString,
    logger: silent,
    // As in earnest, but given up sooner.
    queues: outboxQueues(['carts', 'inventory']).map((policy) => ({ ...policy, retryLimit: 1, retryDelay: 1 })),
  })
  outbox = new Outbox(queue, [carts.peer, inventory.peer], silent)
})
afterEach(async () => {
  await queue.stop()
  await Promise.all([carts.stop(), inventory.stop()])
  await database.drop()
})

const aggregateId = randomUUID()
const occurredAt = new Date('2026-01-31T12:00:00Z')
const publish = (number: number) =>
  database.db.$transaction((tx) =>
    outbox.publish(tx, happened, { aggregateId, aggregateVersion: number, occurredAt, payload: { number } }),
  )

const waiting = async () =>
  (await database.sql<{ count: number }>(`select count(*)::int from pgboss.job where state < 'completed'`))[0]!.count

test('each subscriber is told, at once, and then nothing waits', async () => {
  await outbox.start()
  const began = performance.now()
  await publish(1)
  outbox.wake()
  await eventually(() => expect([carts.told.length, inventory.told.length]).toEqual([1, 1]))
  // Idle workers look once a second; whoever waited for that would have waited for half of it on average.
  expect(performance.now() - began).toBeLessThan(400)
  expect(carts.told[0]).toEqual({
    id: expect.any(String),
    name: 'orders.something-happened.v1',
    aggregateId,
    aggregateVersion: 1,
    occurredAt: '2026-01-31T12:00:00.000Z',
    payload: { number: 1 },
  })
  await eventually(async () => expect(await waiting()).toBe(0))
})

test('what is rolled back is never told', async () => {
  await outbox.start()
  const failing = database.db.$transaction(async (tx) => {
    await outbox.publish(tx, happened, { aggregateId, aggregateVersion: 1, occurredAt, payload: { number: 1 } })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await publish(2)
  outbox.wake()
  await eventually(() => expect(carts.told.map(({ payload }) => payload)).toEqual([{ number: 2 }]))
})

test('what a process left is delivered by another one, without anybody waking it', async () => {
  await publish(1)
  await outbox.start()
  await eventually(() => expect([carts.told.length, inventory.told.length]).toEqual([1, 1]))
})

test('an answer that is lost is told again, as the same event', async () => {
  await outbox.start()
  carts.behaviour = 'loses the answer'
  await publish(1)
  outbox.wake()
  await eventually(() => expect(carts.told).toHaveLength(2), { timeoutMs: 10_000 })
  expect(carts.told[1]).toEqual(carts.told[0])
  expect(inventory.told).toHaveLength(1)
})

test('one that never takes it holds nobody up; it becomes a dead letter, and is told when it is redriven', async () => {
  await outbox.start()
  carts.behaviour = 'fails'
  await publish(1)
  outbox.wake()
  await eventually(() => expect(inventory.told).toHaveLength(1))
  await eventually(async () => expect(await listDeadLetters(database.connectionString)).toHaveLength(1), {
    timeoutMs: 15_000,
  })
  const [letter] = await listDeadLetters(database.connectionString)
  expect(letter).toMatchObject({ queue: 'events-to-carts', retries: 1, data: { payload: { number: 1 } } })
  carts.behaviour = 'answers'
  expect(await redriveDeadLetters(database.connectionString)).toBe(1)
  await eventually(() => expect(carts.told).toHaveLength(1))
  expect(await listDeadLetters(database.connectionString)).toEqual([])
})

test('one that is rejected is told once more, by itself, and is then a dead letter', async () => {
  await outbox.start()
  carts.behaviour = 'rejects'
  await publish(1)
  outbox.wake()
  await eventually(async () => expect(await listDeadLetters(database.connectionString)).toHaveLength(1), {
    timeoutMs: 10_000,
  })
  expect(carts.told.map(({ id }) => id)).toEqual([carts.told[0]!.id, carts.told[0]!.id])
})
