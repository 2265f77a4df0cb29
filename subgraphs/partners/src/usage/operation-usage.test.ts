import { expect, test } from 'vitest'
import { firstDayOf } from './operation-usage.ts'

const day = (text: string) => new Date(`${text}T00:00:00.000Z`)

test('days are those of UTC, and the last is today', () => {
  expect(firstDayOf(1, new Date('2026-11-24T00:00:00.000Z'))).toEqual(day('2026-11-24'))
  expect(firstDayOf(1, new Date('2026-11-24T23:59:59.999Z'))).toEqual(day('2026-11-24'))
  expect(firstDayOf(30, new Date('2026-11-24T12:00:00.000Z'))).toEqual(day('2026-10-26'))
  expect(firstDayOf(90, new Date('2026-11-24T12:00:00.000Z'))).toEqual(day('2026-08-27'))
})

test.each([0, -1, 91])('%i days are refused', (days) =>
  expect(() => firstDayOf(days, day('2026-11-24'))).toThrow(`days is ${days}; it must be from 1 to 90.`),
)
