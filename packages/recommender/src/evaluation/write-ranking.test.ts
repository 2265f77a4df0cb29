import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { mostBought } from './baselines/most-bought.ts'
import { personalFrequency } from './baselines/personal-frequency.ts'
import { logOf } from './logs.test-kit.ts'
import type { ServedModel } from './served-model.ts'
import { writeRanking } from './write-ranking.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'write-ranking-'))
const file = path.join(folder, 'out.csv')
afterAll(() => rmSync(folder, { recursive: true }))

/** The times that the service was fitted for. */
const fittedAt: number[] = []
beforeEach(() => {
  fittedAt.length = 0
})
/** A service of the two simplest models: its rankings can be told by looking. */
const plainService: ServedModel = {
  contenders: [],
  async fit(log, now) {
    fittedAt.push(now)
    const [again, discover] = await Promise.all([personalFrequency.fit(log, now), mostBought.fit(log, now)])
    return (surface, history, count) => {
      if (surface === 'discover') return discover(history, 'discovery', count)
      return again(history, 'next-basket', count).filter((item) =>
        history.orders.some(({ items }) => Array.from(items).includes(item)),
      )
    }
  },
}
const known = {
  customers: ['Ann, "A"', 'Bob', 'Cy'],
  skus: ['10', '20,5', '30'],
  log: logOf(3, [0, 1, [0, 1]], [0, 2, [1]], [1, 3, [0]], [2, 8, [2]]),
}

test('what to buy again is written for every customer, the best first, and nothing for who has bought nothing', async () => {
  expect(
    await writeRanking(plainService, { ...known, cutoff: 5 }, { path: file, surface: 'buy-again', count: 50 }),
  ).toBe(3)
  expect(readFileSync(file, 'utf8')).toBe('customer,sku\n"Ann, ""A""","20,5"\n"Ann, ""A""",10\nBob,10\n')
})

test('what to discover is written for new customers too, from what was known', async () => {
  expect(await writeRanking(plainService, { ...known, cutoff: 5 }, { path: file, surface: 'discover', count: 1 })).toBe(
    2,
  )
  expect(readFileSync(file, 'utf8')).toBe('customer,sku\nBob,"20,5"\nCy,10\n')
  expect(fittedAt).toEqual([5])
})

test('without a cutoff everything is known, and now is the time of the last order', async () => {
  expect(
    await writeRanking(plainService, { ...known, cutoff: null }, { path: file, surface: 'buy-again', count: 1 }),
  ).toBe(3)
  expect(readFileSync(file, 'utf8')).toBe('customer,sku\n"Ann, ""A""","20,5"\nBob,10\nCy,30\n')
  expect(fittedAt).toEqual([8])
  expect(readdirSync(folder)).toEqual(['out.csv'])
})
