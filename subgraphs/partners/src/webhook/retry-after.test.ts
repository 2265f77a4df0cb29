import { expect, test } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const now = new Date('2026-01-31T12:00:00Z')

test.each([
  [429, '120', 120_000],
  [503, '0', 0],
  [503, 'Sat, 31 Jan 2026 12:01:00 GMT', 60_000],
  [503, 'Sat, 31 Jan 2026 11:59:00 GMT', 0],
  [500, '120', null],
  [200, '120', null],
  [429, undefined, null],
  [429, ['1', '2'], null],
  [429, '-5', null],
  [429, '1.5', null],
  [429, '1e9', null],
  [429, '9999999999', null],
  [429, 'soon', null],
])('%i with retry-after %j: %j', (status, header, wish) => expect(retryAfterMs(status, header, now)).toBe(wish))
