import { expect, test } from 'vitest'
import { nextTry } from './retry-schedule.ts'

const since = new Date('2026-01-31T12:00:00Z')
const at = (seconds: number) => new Date(since.getTime() + seconds * 1_000)
const failed = (count: number, retryAfterSeconds: number | null = null) => ({
  since,
  tries: count,
  retryAfterMs: retryAfterSeconds === null ? null : retryAfterSeconds * 1_000,
})

/** The tries of a delivery that is never taken, in seconds, each answered within no time. */
function tries(random: number): number[] {
  const seconds = [0]
  for (;;) {
    const next = nextTry(failed(seconds.length), at(seconds.at(-1)!), random)
    if (next === null) return seconds
    seconds.push((next.getTime() - since.getTime()) / 1_000)
  }
}

test('it is tried eight times, the last time at the end of the day', () => {
  expect(tries(0)).toEqual([0, 5, 305, 2_105, 9_305, 27_305, 63_305, 86_400])
})

test('delays are spread, never shortened, and the day stays a day', () => {
  expect(tries(0.5)).toEqual([0, 5.25, 320.25, 2_210.25, 9_770.25, 28_670.25, 66_470.25, 86_400])
})

test('what is tried less than a minute before the end is not tried again', () => {
  expect(nextTry(failed(7), at(86_339), 0)).toEqual(at(86_400))
  expect(nextTry(failed(7), at(86_341), 0)).toBeNull()
  expect(nextTry(failed(1), at(90_000), 0)).toBeNull()
})

test.each([
  [1, 2, 5],
  [1, 60, 60],
  [1, 100_000, 300],
  [2, 100_000, 1_800],
  [7, 100_000, 36_000],
])('after try %i a wish for %i seconds is a delay of %i', (count, wish, delay) => {
  expect(nextTry(failed(count, wish), since, 0)).toEqual(at(delay))
})
