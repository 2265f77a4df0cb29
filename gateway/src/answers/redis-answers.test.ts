import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { RedisAnswers } from './redis-answers.ts'
import { redisAnswers, redisUrl } from './redis.test-kit.ts'
import { StoredAnswer } from './stored-answer.ts'

const isThere = await redisAnswers()

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
  const [one, other] = [open(redisUrl), open(redisUrl)]
  await Promise.all([one.connected(), other.connected()])
  const key = randomUUID()
  const answer = new StoredAnswer('{"title":"Tee 茶"}', Date.now() + 60_000)
  await one.set(key, answer, Date.now())
  expect(await other.get(key)).toEqual(answer)
  expect(await other.get(randomUUID())).toBeNull()
  await one.set(`${key}-stale`, new StoredAnswer('{}', 1_000), 1_000)
  expect(await other.get(`${key}-stale`)).toBeNull()
  const redis = new Redis(redisUrl)
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

test('a Redis that takes connections and says nothing is not waited for', async () => {
  const logged: string[] = []
  const sockets: Socket[] = []
  const mute = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const { port } = mute.address() as AddressInfo
  const none = open(`redis://127.0.0.1:${port}`, logged)
  await once(mute, 'connection')
  const startedAt = performance.now()
  expect(await none.get('key')).toBeNull()
  expect(performance.now() - startedAt).toBeLessThan(500)
  expect(logged).toEqual(['The Redis of the answer cache does not answer.'])
  for (const socket of sockets) socket.destroy()
  mute.close()
})
