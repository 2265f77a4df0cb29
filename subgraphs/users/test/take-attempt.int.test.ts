import { createPool, prismaAdapter } from '@cartograph/service-runtime'
import { type FreshDatabase, freshDatabase } from '@cartograph/test-kit'
import { guestClaims, viewerOf } from '@cartograph/viewer'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrismaClient } from '../src/database.ts'
import { delayAfter, type Limit, passwordTries, triesFromAddress } from '../src/limit/limits.ts'
import { takeAttempt } from '../src/limit/take-attempt.ts'
import { removeOldRows } from '../src/retention/remove-old-rows.ts'

let database: FreshDatabase
let pool: pg.Pool
let db: PrismaClient
let clock = Date.UTC(2026, 0, 31)
beforeAll(async () => {
  database = await freshDatabase('users')
  pool = createPool({ connectionString: database.connectionString, size: 2, onError: () => {} })
  db = new PrismaClient({ adapter: prismaAdapter(pool) })
})
afterAll(async () => {
  await db.$disconnect()
  await pool.end()
  await database.drop()
})

const viewer = viewerOf(guestClaims('request-1', null, '203.0.113.7'))
const take = (limit: Limit, subject: string) => takeAttempt({ db, viewer, now: () => new Date(clock) }, limit, subject)
const refusal = (limit: Limit, subject: string) =>
  take(limit, subject).then(
    () => null,
    ({ userErrors }: { userErrors: { code: string; retryAfterSeconds: number }[] }) => userErrors[0]!.retryAfterSeconds,
  )

test.each([passwordTries, triesFromAddress(1), triesFromAddress(4)])(
  'the database makes one wait as long as the rule says: $name, $freeTries free tries',
  async (limit) => {
    const subject = `waits ${limit.freeTries}`
    const until = clock + limit.windowMs
    for (let tries = 1; tries <= 40 && clock < until; tries += 1) {
      expect(await refusal(limit, subject), `try ${tries}`).toBeNull()
      const delay = delayAfter(limit, tries)
      if (delay === 0) continue
      expect(await refusal(limit, subject)).toBe(delay / 1_000)
      clock += delay - 1
      // The last millisecond before the end is before the end.
      if (clock < until) expect(await refusal(limit, subject)).toBe(1)
      clock += 1
    }
  },
)

test('the count begins anew at the end of its window, and not before', async () => {
  const limit: Limit = {
    name: 'once',
    windowMs: 60_000,
    freeTries: 1,
    firstDelayMs: 3_600_000,
    longestDelayMs: 3_600_000,
  }
  expect(await refusal(limit, 'a')).toBeNull()
  clock += 59_999
  expect(await refusal(limit, 'a')).not.toBeNull()
  clock += 1
  expect(await refusal(limit, 'a')).toBeNull()
})

test('of twenty tries at once those have a place that it has left', async () => {
  const limit: Limit = { ...passwordTries, name: 'race', freeTries: 7 }
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => refusal(limit, 'a')))
  expect(outcomes.filter((wait) => wait === null)).toHaveLength(7)
  expect(outcomes.filter((wait) => wait === 1)).toHaveLength(13)
})

test('a free try is not refused because one that began later came before it', async () => {
  const limit: Limit = { ...passwordTries, name: 'out of order', freeTries: 3 }
  clock += 10
  expect(await refusal(limit, 'a')).toBeNull()
  clock -= 10
  expect(await refusal(limit, 'a')).toBeNull()
})

test('the first refusal of a window is recorded, with where it came from', async () => {
  await db.securityEvent.deleteMany()
  const limit: Limit = { name: 'told', windowMs: 60_000, freeTries: 1, firstDelayMs: 60_000, longestDelayMs: 60_000 }
  for (let window = 0; window < 2; window += 1) {
    for (let tries = 0; tries < 4; tries += 1) await refusal(limit, 'a')
    clock += 60_000
  }
  const events = await db.securityEvent.findMany({ orderBy: { at: 'asc' } })
  expect(
    events.map(({ kind, at, clientAddress, requestId, userId }) => [
      kind,
      at.getTime(),
      clientAddress,
      requestId,
      userId,
    ]),
  ).toEqual([
    ['TOO_MANY_ATTEMPTS', clock - 120_000, '203.0.113.7', 'request-1', null],
    ['TOO_MANY_ATTEMPTS', clock - 60_000, '203.0.113.7', 'request-1', null],
  ])
})

test('counts that are forgotten go, and events of more than 400 days; the others stay', async () => {
  await db.attemptLimit.deleteMany()
  await db.securityEvent.deleteMany()
  const day = 24 * 3_600_000
  const events = [399 * day, 400 * day, 400 * day + 1].map((age) => ({
    kind: 'SIGNED_IN',
    requestId: String(age / day),
    at: new Date(clock - age),
  }))
  await db.securityEvent.createMany({ data: events })
  await take({ ...passwordTries, windowMs: 1_000 }, 'over')
  clock += 500
  await take({ ...passwordTries, windowMs: 1_000 }, 'under way')
  expect(await removeOldRows(db, new Date(clock - 500))).toBe(1)
  clock += 501
  expect(await removeOldRows(db, new Date(clock - 1_001))).toBe(0)
  expect(await db.attemptLimit.count()).toBe(2)
  expect(await removeOldRows(db, new Date(clock))).toBe(2)
  expect(await db.attemptLimit.count()).toBe(1)
  expect((await db.securityEvent.findMany()).map(({ requestId }) => requestId)).toEqual(['399'])
})
