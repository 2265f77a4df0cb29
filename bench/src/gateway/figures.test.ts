import { expect, test } from 'vitest'
import type { ContenderName } from './contenders/contenders.ts'
import { cpuRatio, median, medianOf } from './figures.ts'
import type { Figures } from './measure-contender.ts'
import type { Contest } from './rounds.ts'

const figures = (cpuMs: number): Figures => ({
  cpuMs,
  requestsPerSecond: 0,
  p50: 0,
  p99: 0,
  calls: 0,
  residentMiB: 0,
  requests: 0,
})
const contest = (rounds: Partial<Record<ContenderName, number[]>>): Contest => ({
  operation: 'benchmark',
  concurrency: 16,
  rounds: new Map(
    Object.entries(rounds).map(([name, values]) => [name as ContenderName, values.map((value) => figures(value))]),
  ),
})

test('a median is the middle one, or between the middle two', () => {
  expect([median([3, 1, 10]), median([4, 1, 10, 2])]).toEqual([3, 3])
})

test('a ratio compares rounds with each other, so that a slow round is slow for both', () => {
  const slowSecondRound = contest({ ours: [2, 40, 2], floor: [1, 20, 1] })
  expect(cpuRatio(slowSecondRound, 'ours', 'floor')).toBe(2)
  expect(medianOf(slowSecondRound, 'ours', 'cpuMs')).toBe(2)
})

test('a ratio to who was not measured is no number', () => {
  expect(cpuRatio(contest({ ours: [2] }), 'ours', 'stock')).toBeNaN()
  expect(cpuRatio(contest({ stock: [2] }), 'ours', 'stock')).toBeNaN()
})
