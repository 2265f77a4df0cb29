import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { RedisAnswers } from './redis-answers.ts'
import { StoredAnswer } from './stored-answer.ts'

const url = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'

/** With CI set a Redis that does not answer is a failure, not a reason to skip. */
async function answers(): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
  redis.on('error', () => {})
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch (error) {
    if (process.env['CI']) throw error
    return false
  } finally {
    redis.disconnect()
  }
}
const isThere = await answers()

const opened: RedisAnswers[] = []
afterEach(() => opened.splice(0).forEach((each) => each.close()))

function open(at: string, logged: string[] = []): RedisAnswers {
  const lines = new Writable({
    write(line, _, done) {
      logged.push((JSON.parse(String(line)) as { msg: string }).msg)
      done()
    },
  })
  const answersOfIt = new RedisAnswers(at, pino(lines))
  opened.push(answersOfIt)
  return answersOfIt
}

test.runIf(isThere)('what one gateway keeps another one finds, until it is stale', async () => {
  const [one, other] = [open(url), open(url)]
  await Promise.all([one.connected(), other.connected()])
  const key = randomUUID()
  const answer = new StoredAnswer('{"title":"Tee 茶"}', Date.now() + 60_000)
  await one.set(key, answer, Date.now())
  expect(await other.get(key)).toEqual(answer)
  expect(await other.get(randomUUID())).toBeNull()
  await one.set(`${key}-stale`, new StoredAnswer('{}', 1_000), 1_000)
  expect(await other.get(`${key}-stale`)).toBeNull()
  const redis = new Redis(url)
  const lifetimeMs = await redis.pttl(`cartograph:answer:${key}`)
  await redis.set(`cartograph:answer:${key}`, 'anything else')
  expect(await other.get(key)).toBeNull()
  await redis.del(`cartograph:answer:${key}`)
  redis.disconnect()
  expect(lifetimeMs).toBeGreaterThan(50_000)
  expect(lifetimeMs).toBeLessThanOrEqual(60_000)
})

test('without a Redis nothing is found, nothing fails, and one line says so', async () => {
  const logged: string[] = []
  const none = open('redis://127.0.0.1:1', logged)
  await none.set('key', new StoredAnswer('{}', 2_000), 1_000)
  for (let each = 0; each < 3; each += 1) expect(await none.get('key')).toBeNull()
  expect(logged).toEqual(['The Redis of the answer cache does not answer.'])
})
