import { createLogger } from '@cartograph/service-runtime/process'
import { setImmediate } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Partner, PartnerOperations } from '../directory/partner.ts'
import { FailoverLedger } from './failover-ledger.ts'
import { MemoryLedger } from './memory-ledger.ts'
import { PartnerBudgets } from './partner-budgets.ts'
import { minuteMs, type PointsLedger, type PointsWanted } from './points-ledger.ts'

const partner = (pointsPerMinute: number): Partner => ({
  id: 'acme',
  version: 1,
  name: 'Acme',
  scopes: [],
  pointsPerMinute,
  operations: new PartnerOperations([]),
})

let now: number
let takes: PointsWanted[]
let ledger: MemoryLedger
let watched: PointsLedger
beforeEach(() => {
  now = 100 * minuteMs
  takes = []
  ledger = new MemoryLedger(() => now)
  watched = {
    async take(partnerId, wanted) {
      takes.push(wanted)
      return ledger.take(partnerId, wanted)
    },
    close: async () => {},
  }
})
const budgetsOver = (over: PointsLedger) => new PartnerBudgets(over, () => now)

/** How many of `points` are paid for, one request after the other, until the first is refused. */
async function payUntilRefused(budgets: PartnerBudgets, who: Partner, points: number) {
  let paid = 0
  while (await budgets.pay(who, points)) paid += 1
  return paid
}

test('a partner spends its whole budget, with few takes, and then nothing until the minute is over', async () => {
  const budgets = budgetsOver(watched)
  expect(await payUntilRefused(budgets, partner(1_000), 1)).toBe(1_000)
  expect(takes.length).toBeLessThan(60)
  const asked = takes.length
  // What is known is not asked again.
  expect(budgets.pay(partner(1_000), 1)).toBe(false)
  expect(budgets.standing(partner(1_000))).toEqual({ remaining: 0, msToReset: minuteMs })
  now += minuteMs - 1
  expect(budgets.pay(partner(1_000), 1)).toBe(false)
  expect(budgets.standing(partner(1_000)).msToReset).toBe(1)
  expect(takes.length).toBe(asked)
  now += 1
  expect(budgets.standing(partner(1_000))).toEqual({ remaining: 1_000, msToReset: minuteMs })
  expect(await payUntilRefused(budgets, partner(1_000), 7)).toBe(Math.floor(1_000 / 7))
})

test('a lease is as large as what was spent lately, and a twentieth of the budget at most', async () => {
  const budgets = budgetsOver(watched)
  await budgets.pay(partner(1_000), 10)
  expect(takes).toEqual([{ budget: 1_000, need: 10, want: 10 }])
  for (let each = 0; each < 30; each += 1) await budgets.pay(partner(1_000), 10)
  expect(takes.slice(1, 4).map(({ want }) => want)).toEqual([10, 20, 40])
  expect(Math.max(...takes.map(({ want }) => want))).toBe(50)
  // Who was quiet for long takes what it needs.
  now += 20_000
  for (let each = 0; each < 5; each += 1) await budgets.pay(partner(1_000), 10)
  now += 20_000
  takes.length = 0
  await payUntilRefused(budgets, partner(1_000), 45)
  expect(takes[0]!.want).toBe(takes[0]!.need)
})

test('what is left of a lease is void when its minute is over', async () => {
  const budgets = budgetsOver(watched)
  for (let each = 0; each < 12; each += 1) await budgets.pay(partner(1_000), 10)
  now += minuteMs
  takes.length = 0
  await budgets.pay(partner(1_000), 10)
  expect(takes).toHaveLength(1)
  expect(takes[0]!.need).toBe(10)
})

test('a grant of the next minute does not add to what was left of the one before', async () => {
  const slow: PointsLedger = {
    async take(partnerId, wanted) {
      const isSecond = takes.push(wanted) === 2
      if (isSecond) now += 2
      return ledger.take(partnerId, wanted)
    },
    close: async () => {},
  }
  const budgets = budgetsOver(slow)
  await budgets.pay(partner(100), 1)
  now += minuteMs - 1
  await budgets.pay(partner(100), 2)
  expect(budgets.standing(partner(100)).remaining).toBe(98)
})

test('who comes while a take is under way waits for it, and is served in order', async () => {
  const gate = Promise.withResolvers<void>()
  const slow: PointsLedger = {
    async take(partnerId, wanted) {
      takes.push(wanted)
      await gate.promise
      return ledger.take(partnerId, wanted)
    },
    close: async () => {},
  }
  const budgets = budgetsOver(slow)
  const served: string[] = []
  const asked = [30, 30, 50, 10].map(async (points, index) => {
    const isPaid = await budgets.pay(partner(100), points)
    served.push(`${index} ${isPaid}`)
  })
  await setImmediate()
  expect(takes).toHaveLength(1)
  gate.resolve()
  await Promise.all(asked)
  expect(served).toEqual(['0 true', '1 true', '2 false', '3 true'])
})

test('what costs more than a whole budget is refused without asking, and another budget counts at once', async () => {
  const budgets = budgetsOver(watched)
  expect(budgets.pay(partner(100), 101)).toBe(false)
  expect(takes).toEqual([])
  expect(await payUntilRefused(budgets, partner(100), 10)).toBe(10)
  expect(await payUntilRefused(budgets, partner(150), 10)).toBe(5)
  expect(await budgets.pay(partner(100), 10)).toBe(false)
})

describe('while the ledger is away', () => {
  let isAway: boolean
  let budgets: PartnerBudgets
  beforeEach(() => {
    isAway = false
    const primary: PointsLedger = {
      async take(partnerId, wanted) {
        takes.push(wanted)
        if (isAway) throw new Error('away')
        return ledger.take(partnerId, wanted)
      },
      close: async () => {},
    }
    budgets = budgetsOver(new FailoverLedger(primary, createLogger('gateway', 'silent'), () => now))
  })

  test('a gateway gives what it has not given of the budget yet', async () => {
    for (let each = 0; each < 40; each += 1) expect(await budgets.pay(partner(100), 1)).toBe(true)
    isAway = true
    expect(await payUntilRefused(budgets, partner(100), 1)).toBe(60)
  })

  test('it is tried once a second, and counts again when it answers', async () => {
    isAway = true
    for (let each = 0; each < 10; each += 1) expect(await budgets.pay(partner(1_000), 50)).toBe(true)
    expect(takes).toHaveLength(1)
    now += 1_000
    await budgets.pay(partner(1_000), 50)
    expect(takes).toHaveLength(2)
    isAway = false
    now += 1_000
    expect(await payUntilRefused(budgets, partner(1_000), 50)).toBe(20)
    expect(takes.length).toBeGreaterThan(10)
  })
})

test('a ledger that fails fails those who wait for it, and the next is served', async () => {
  let isAway = true
  const failing: PointsLedger = {
    take: (partnerId, wanted) => (isAway ? Promise.reject(new Error('away')) : ledger.take(partnerId, wanted)),
    close: async () => {},
  }
  const budgets = budgetsOver(failing)
  const outcomes = await Promise.allSettled([budgets.pay(partner(10), 1), budgets.pay(partner(10), 1)])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isAway = false
  expect(await budgets.pay(partner(10), 1)).toBe(true)
})
