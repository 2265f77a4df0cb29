import { expect, test } from 'vitest'
import type { CheckoutRow } from '../invariants/rows.ts'
import type { Strike } from '../faults/strike.ts'
import { percentile } from './percentile.ts'
import { recoveries } from './recoveries.ts'
import { tooSlow } from './too-slow.ts'

test('a percentile is one of the values', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100])
  expect(percentile([7], 0.99)).toBe(7)
  expect(percentile([], 0.5)).toBeNull()
})

const kill = (at: number): Strike => ({ at, fault: { atMs: at, kind: 'kill', process: 'carts', downMs: 1 } })
const crash = (at: number): Strike => ({ at, fault: { atMs: at, kind: 'database', how: 'kill', downMs: 1 } })
const checkout = (createdAt: number, endedAt: number, card = 'sandbox_visa') =>
  ({ createdAt, endedAt, card }) as CheckoutRow

test('a shop is whole again when what it had accepted has ended, and something new too', () => {
  const [recovery] = recoveries([kill(100)], [checkout(50, 400), checkout(90, 1_000), checkout(120, 700)])
  expect(recovery).toMatchObject({ kind: 'process kill', ms: 900 })
  const [later] = recoveries([kill(100)], [checkout(50, 90), checkout(120, 700), checkout(130, 600)])
  expect(later!.ms).toBe(500)
})

test('what waits for its buyer does not count', () => {
  const [recovery] = recoveries([kill(100)], [checkout(50, 9_000, 'sandbox_3ds'), checkout(120, 700)])
  expect(recovery!.ms).toBe(600)
})

test('a kill within whose recovery a database crashes counts as that', () => {
  const both = recoveries([kill(100), crash(200)], [checkout(50, 1_000), checkout(1_100, 1_200)])
  expect(both.map(({ kind }) => kind)).toEqual(['database crash', 'database crash'])
})

test('too slow is what 99 of 100 may not be', () => {
  const strike = kill(0)
  expect(tooSlow([{ kind: 'process kill', strike, ms: 10_000, heldUpBy: null }])).toEqual([])
  expect(tooSlow([{ kind: 'process kill', strike, ms: 10_100, heldUpBy: null }])).toEqual([
    'recovery after a process kill took 10.1 s at the 99th percentile, 10 s at most',
  ])
})
