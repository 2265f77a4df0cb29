import { expect, test } from 'vitest'
import { aimsOf, aimTable } from './aims.ts'
import type { ContenderName } from './contenders/contenders.ts'
import type { OperationName } from './operations.ts'
import type { Contest } from './rounds.ts'

const contest = (
  operation: OperationName,
  concurrency: number,
  cpu: Partial<Record<ContenderName, number>>,
): Contest => ({
  operation,
  concurrency,
  rounds: new Map(
    Object.entries(cpu).map(([name, cpuMs]) => [
      name as ContenderName,
      [{ cpuMs, requestsPerSecond: 0, p50: 0, p99: 0, calls: 0, residentMiB: 0, requests: 0 }],
    ]),
  ),
})
const all = { floor: 1, stock: 9, 'hive-jit': 8, 'hive-rust': 4, 'hive-rust-inbound': 2, 'ours-unshared': 1.6, ours: 1 }

test('one at a time: the floor, the stock gateway and the best of the others', () => {
  expect(aimTable(aimsOf(contest('benchmark', 1, { ...all, ours: 1.25 })))).toBe(`| | aim | measured | met |
|---|---|---|---|
| ours, unshared, × floor at 1 | at most 1.6 | 1.60 | yes |
| stock × ours, unshared, at 1 | at least 6 | 5.63 | no |
| best other × ours at 1 | at least 1.7 | 1.60 | no |`)
})

test('many at a time: with sharing no more than the floor, and ahead of whoever shares best', () => {
  expect(aimTable(aimsOf(contest('benchmark', 16, { ...all, 'hive-rust-inbound': 0.9 }))))
    .toBe(`| | aim | measured | met |
|---|---|---|---|
| ours, unshared, × floor at 16 | at most 1.6 | 1.60 | yes |
| stock × ours, unshared, at 16 | at least 6 | 5.63 | no |
| best other × ours at 16 | at least 1 | 0.90 | no |
| ours × floor at 16 | at most 1 | 1.00 | yes |`)
})

test('who was left out is no aim, nor is any other operation', () => {
  expect(aimsOf(contest('benchmark', 16, { floor: 1, 'ours-unshared': 2 }))).toEqual([
    { aim: 'ours, unshared, × floor at 16', measured: 2, atMost: 1.6, unit: '' },
  ])
  expect(aimsOf(contest('benchmark', 1, { floor: 1, stock: 9 }))).toEqual([])
  expect(aimsOf(contest('listing', 1, all))).toEqual([])
})

test('the smallest operation has a bound of its own', () => {
  expect(aimsOf(contest('typename', 16, { stock: 1, ours: 0.2 }))).toEqual([
    { aim: 'CPU of { __typename } at 16', measured: 0.2, atMost: 0.2, unit: ' ms' },
  ])
  expect(aimsOf(contest('typename', 16, { stock: 1 }))).toEqual([])
})
