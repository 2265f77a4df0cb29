import { expect, test } from 'vitest'
import { places } from '../shop/topology.ts'
import { describeFault } from './fault.ts'
import { makeSchedule } from './make-schedule.ts'

const countOf = (kind: string, seed: number, seconds: number) =>
  makeSchedule(seed, seconds, places).filter((fault) => fault.kind === kind).length

test('the same seed gives the same faults, another one others', () => {
  expect(makeSchedule(7, 120, places)).toEqual(makeSchedule(7, 120, places))
  expect(makeSchedule(7, 120, places)).not.toEqual(makeSchedule(8, 120, places))
})

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('two minutes of seed %i hold what is asked of them', (seed) => {
  expect(countOf('kill', seed, 120)).toBeGreaterThanOrEqual(60)
  expect(countOf('database', seed, 120)).toBeGreaterThanOrEqual(5)
  const faults = makeSchedule(seed, 120, places)
  expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
  expect(faults.at(-1)!.atMs).toBeLessThan(120_000)
})

test('a run of half the time has half the faults', () => {
  expect(countOf('kill', 1, 60)).toBe(33)
  expect(countOf('database', 1, 60)).toBe(3)
})

test('every process and every kind of link fault has its turn', () => {
  const faults = Array.from({ length: 10 }, (_, seed) => makeSchedule(seed, 120, places)).flat()
  const killed = new Set(faults.flatMap((fault) => (fault.kind === 'kill' ? [fault.process] : [])))
  expect([...killed].toSorted()).toEqual([...places.processes].toSorted())
  const kinds = new Set(faults.flatMap((fault) => (fault.kind === 'link' ? [fault.fault.kind] : [])))
  expect(kinds.size).toBe(8)
})

test('faults are told in a line each', () => {
  expect(describeFault({ atMs: 0, kind: 'kill', process: 'orders-1', downMs: 300 })).toBe(
    'kill -9 orders-1, down for 300 ms',
  )
  const slow = { atMs: 0, kind: 'link', link: 'a → b', fault: { kind: 'slow', delayMs: 40 }, forMs: 500 } as const
  expect(describeFault(slow)).toBe('a → b: slow by 40 ms for 500 ms')
})
