import { eventually, numbered } from '@cartograph/test-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JobQueue } from '../src/index.ts'
import { databaseUnderTest, silent } from './messaging-under-test.ts'

const queue = 'letters'
const policy = { name: queue, retryLimit: 10, retryDelay: 0 }

interface Letter {
  readonly to: string
}

let database: Awaited<ReturnType<typeof databaseUnderTest>>
const open: JobQueue[] = []

async function jobQueue(expireInSeconds = 30): Promise<JobQueue> {
  const { connectionString } = database
  const queues = [{ ...policy, expireInSeconds }]
  const jobs = await JobQueue.open({ connectionString, logger: silent, queues })
  open.push(jobs)
  return jobs
}

beforeEach(async () => {
  database = await databaseUnderTest()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((jobs) => jobs.stop()))
  await database.drop()
})

const states = async () => {
  const rows = await database.sql<{ state: string; count: number }>(
    `select state, count(*)::int from pgboss.job where name = '${queue}' group by state`,
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}
const letters = (to: string, count: number) => numbered(count, () => ({ data: { to }, groupId: to }))

test('a group that hangs has its places and no more, in all processes, and the others pass it', async () => {
  const hanging: (() => void)[] = []
  const carried: string[] = []
  const startProcess = async () => {
    const jobs = await jobQueue()
    jobs.workEach<Letter>(queue, { mostAtOnce: 6, mostOfGroup: 2 }, async ({ data: { to } }) => {
      if (to === 'slow') await new Promise<void>((resolve) => void hanging.push(resolve))
      carried.push(to)
      return 'done'
    })
    return jobs
  }
  const first = await startProcess()
  await first.enqueue(null, queue, letters('slow', 5))
  first.wake(queue)
  await eventually(() => expect(hanging).toHaveLength(2))
  const second = await startProcess()
  await second.enqueue(null, queue, letters('fast', 30))
  for (const jobs of [first, second]) jobs.wake(queue)
  await eventually(async () => expect(await states()).toEqual({ active: 2, created: 3, completed: 30 }))
  expect(hanging).toHaveLength(2)
  expect(carried).toEqual(numbered(30, () => 'fast'))
  await eventually(() => {
    for (const end of hanging.splice(0)) end()
    expect(carried).toHaveLength(35)
  })
  await eventually(async () => expect(await states()).toEqual({ completed: 35 }))
})

test('no more are carried out at once than a process may', async () => {
  const jobs = await jobQueue()
  const gate = Promise.withResolvers<void>()
  const seen = { now: 0, most: 0, all: 0 }
  jobs.workEach<Letter>(queue, { mostAtOnce: 3, mostOfGroup: 10 }, async () => {
    seen.all += 1
    seen.most = Math.max(seen.most, ++seen.now)
    await gate.promise
    seen.now -= 1
    return 'done'
  })
  await jobs.enqueue(null, queue, letters('anybody', 8))
  jobs.wake(queue)
  await eventually(() => expect(seen.now).toBe(3))
  gate.resolve()
  await eventually(async () => expect(await states()).toEqual({ completed: 8 }))
  expect([seen.all, seen.most]).toEqual([8, 3])
})

test('a job that fails, or throws, is tried again; one that expires is given to another, whose outcome counts', async () => {
  const jobs = await jobQueue(1)
  const tries: number[] = []
  const late = Promise.withResolvers<'failed'>()
  jobs.workEach<Letter>(queue, { mostAtOnce: 3, mostOfGroup: 10 }, async ({ retries }) => {
    tries.push(retries)
    if (retries === 0) return 'failed'
    if (retries === 1) return late.promise
    return 'done'
  })
  await jobs.enqueue(null, queue, letters('anybody', 1))
  jobs.wake(queue)
  await eventually(async () => expect(await states()).toEqual({ completed: 1 }), { timeoutMs: 8_000 })
  late.resolve('failed')
  await jobs.stop()
  expect(tries).toEqual([0, 1, 2])
  expect(await states()).toEqual({ completed: 1 })
  open.length = 0
})

test('what is under way when it stops comes to its end', async () => {
  const jobs = await jobQueue()
  const gate = Promise.withResolvers<void>()
  let begun = 0
  jobs.workEach<Letter>(queue, { mostAtOnce: 1, mostOfGroup: 1 }, async () => {
    begun += 1
    await gate.promise
    return 'done'
  })
  await jobs.enqueue(null, queue, letters('anybody', 2))
  jobs.wake(queue)
  await eventually(() => expect(begun).toBe(1))
  const stopped = jobs.stop()
  gate.resolve()
  await stopped
  open.length = 0
  expect(begun).toBe(1)
  expect(await states()).toEqual({ completed: 1, created: 1 })
})
