import { hash } from 'node:crypto'

const DEFAULT_EPOCH = Date.UTC(2010, 11, 1)
const LAST_MILLISECOND = 2 ** 48 - 1
const VARIANT_DIGITS = '89ab'

/**
 * A UUID that is a function of its arguments alone, in the layout of version 7 (RFC 9562): 48 bits of Unix
 * milliseconds from `at` (2010-12-01T00:00:00Z unless given), and in the place of the random bits the start of
 * SHA-256 over namespace, a zero byte and key. Ids of one namespace therefore sort by `at`, and loading a dataset twice
 * yields the same ids. Throws a RangeError for an `at` before 1970 or past 48 bits.
 */
export function stableUuid(namespace: string, key: string, at?: Date): string {
  const milliseconds = at === undefined ? DEFAULT_EPOCH : at.getTime()
  if (!(milliseconds >= 0 && milliseconds <= LAST_MILLISECOND)) {
    throw new RangeError('A UUID needs a time from 1970 on.')
  }
  const time = milliseconds.toString(16).padStart(12, '0')
  // The zero byte keeps ('ab', 'c') and ('a', 'bc') apart.
  const bits = hash('sha256', `${namespace}\0${key}`)
  const variant = VARIANT_DIGITS[Number.parseInt(bits[3] ?? '0', 16) & 3]
  const randA = bits.slice(0, 3)
  const randB = `${variant}${bits.slice(4, 7)}-${bits.slice(7, 19)}`
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randA}-${randB}`
}
