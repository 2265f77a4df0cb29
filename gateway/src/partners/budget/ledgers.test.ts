import { randomUUID } from 'node:crypto'
import { createLogger } from '@cartograph/service-runtime/process'
import { emptyDatabase, type FreshDatabase } from '@cartograph/test-kit'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisAnswers, redisUrl } from '../../answers/redis.test-kit.ts'
import { earlyInMinute } from './early-in-minute.test-kit.ts'
import { MemoryLedger } from './memory-ledger.ts'
import { minuteMs, type PointsLedger } from './points-ledger.ts'
import { PostgresLedger } from './postgres-ledger.ts'
import { RedisLedger } from './redis-ledger.ts'

const isRedisThere = await redisAnswers()
const logger = createLogger('gateway', 'silent')

let database: FreshDatabase
beforeAll(async () => {
  database = await emptyDatabase('budgets')
})
afterAll(() => database.drop())

const ledgers: [string, () => PointsLedger][] = [
  ['memory', () => new MemoryLedger()],
  ['PostgreSQL', () => new PostgresLedger(database.connectionString, logger)],
  ...(isRedisThere ? ([['Redis', () => new RedisLedger(redisUrl, logger)]] as [string, () => PointsLedger][]) : []),
]

describe.each(ledgers)('the ledger in %s', (name, open) => {
  let ledger: PointsLedger
  beforeAll(async () => {
    ledger = open()
    await earlyInMinute(ledger)
  }, 30_000)
  afterAll(() => ledger.close())

  test('grants what is needed, or an eighth of what remains, and nothing beyond the budget', async () => {
    const partnerId = randomUUID()
    const take = async (need: number, want: number, budget = 100) => {
      const { granted, remaining, msToReset } = await ledger.take(partnerId, { budget, need, want })
      expect(msToReset).toBeGreaterThan(0)
      expect(msToReset).toBeLessThanOrEqual(minuteMs)
      return [granted, remaining]
    }
    expect(await take(1, 1)).toEqual([1, 99])
    expect(await take(1, 50)).toEqual([12, 87])
    expect(await take(40, 50)).toEqual([40, 47])
    expect(await take(48, 50)).toEqual([0, 47])
    expect(await take(1, 3)).toEqual([3, 44])
    // Another budget counts at once, also one that is less than what is spent.
    expect(await take(1, 1, 50)).toEqual([0, 0])
    expect(await take(44, 44)).toEqual([44, 0])
    expect(await take(1, 1)).toEqual([0, 0])
    expect(await take(1, 1, 101)).toEqual([1, 0])
  })

  test('of any number who take at once together they get the budget and no more', async () => {
    const partnerId = randomUUID()
    const others = name === 'memory' ? [] : [open(), open()]
    const all = [ledger, ...others]
    const taken = await Promise.all(
      Array.from({ length: 150 }, (_, each) =>
        all[each % all.length]!.take(partnerId, { budget: 500, need: 5, want: 5 }),
      ),
    )
    expect(taken.filter(({ granted }) => granted === 5)).toHaveLength(100)
    expect(taken.filter(({ granted }) => granted === 0)).toHaveLength(50)
    await Promise.all(others.map((other) => other.close()))
  })
})

test('a minute begins with the clock, and with it a whole budget', async () => {
  let now = 10 * minuteMs + 59_000
  const ledger = new MemoryLedger(() => now)
  const take = () => ledger.take('a', { budget: 10, need: 6, want: 6 })
  expect(await take()).toEqual({ granted: 6, remaining: 4, msToReset: 1_000 })
  expect(await take()).toEqual({ granted: 0, remaining: 4, msToReset: 1_000 })
  now += 1_000
  expect(await take()).toEqual({ granted: 6, remaining: 4, msToReset: minuteMs })
})

test('in PostgreSQL a row of an earlier minute, or of a clock that went back, is begun anew, and one of the next goes on', async () => {
  const ledger = new PostgresLedger(database.connectionString, logger)
  await earlyInMinute(ledger)
  const connection = new pg.Client({ connectionString: database.connectionString })
  await connection.connect()
  for (const [offset, granted] of [
    ['-1 minute', 6],
    ['1 minute', 0],
    ['2 minutes', 6],
  ] as const) {
    const partnerId = randomUUID()
    await connection.query(`insert into partner_budget values ($1, date_trunc('minute', now()) + $2::interval, 5, 5)`, [
      partnerId,
      offset,
    ])
    expect([offset, (await ledger.take(partnerId, { budget: 10, need: 6, want: 6 })).granted]).toEqual([
      offset,
      granted,
    ])
  }
  await connection.end()
  await ledger.close()
}, 30_000)
