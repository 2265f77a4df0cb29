import { expect, test } from 'vitest'
import { findingOf } from './variable-limits.ts'

const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object

test('variables may nest 16 levels below the one that names them', () => {
  expect(findingOf({})).toBeUndefined()
  expect(findingOf(nested(17))).toBeUndefined()
  expect(findingOf(nested(18))).toBe('The variables nest deeper than 16 levels.')
  expect(findingOf(nested(40_000))).toBe('The variables nest deeper than 16 levels.')
})

test('variables may hold 5,000 values in all', () => {
  expect(findingOf({ ids: Array.from({ length: 4_999 }, () => 'x') })).toBeUndefined()
  expect(findingOf({ ids: Array.from({ length: 5_000 }, () => 'x') })).toBe('The variables hold more than 5000 values.')
  const rows = Array.from({ length: 50 }, () => Array.from({ length: 100 }, () => null))
  expect(findingOf({ rows })).toBe('The variables hold more than 5000 values.')
})
