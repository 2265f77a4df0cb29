import { expect, test } from 'vitest'
import { firstDifference } from './first-difference.ts'

test('values differ where one has what the other has not, whichever it is', () => {
  expect(firstDifference({ a: [{ b: 1 }, { b: null }] }, { a: [{ b: 1 }, { b: 2 }] })).toBe('data.a.1.b: null, not 2')
  expect(firstDifference({ a: 1 }, { a: 1, b: null })).toBe('data.b: nothing, not null')
  expect(firstDifference({ a: [1, 2] }, { a: [1] })).toBe('data.a.1: 2, not nothing')
  expect(firstDifference({ a: [] }, { a: {} })).toBe('data.a: [], not {}')
  expect(firstDifference('1', 1)).toBe('data: "1", not 1')
})

test('keys may come in any order, and objects have any prototype', () => {
  const bare = Object.assign(Object.create(null) as object, { b: [null], a: 1 })
  expect(firstDifference({ a: 1, b: [null] }, bare)).toBeNull()
})
