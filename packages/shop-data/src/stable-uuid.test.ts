import { expect, test } from 'vitest'
import { z } from 'zod'
import { stableUuid } from './stable-uuid.ts'

test('is a valid UUID of version 7, whatever the key', () => {
  for (let index = 0; index < 500; index += 1) {
    expect(z.uuidv7().safeParse(stableUuid('test', String(index))).success).toBe(true)
  }
})

test('is the same for the same arguments and written down, so that it never changes unnoticed', () => {
  expect(stableUuid('demo', 'a')).toBe(stableUuid('demo', 'a', new Date('2010-12-01T00:00:00Z')))
  expect(stableUuid('demo', 'a')).toBe('012c9f3a-8000-708d-8c19-e442dc9dc9c8')
})

test('keeps the border between namespace and key', () => {
  expect(stableUuid('ab', 'c')).not.toBe(stableUuid('a', 'bc'))
})

test('sorts by time and carries it', () => {
  const at = new Date('2011-03-04T05:06:07.089Z')
  const id = stableUuid('test', 'x', at)
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at.getTime())
  expect(stableUuid('test', 'y', new Date(at.getTime() + 1)) > id).toBe(true)
})

test('refuses a time it cannot carry', () => {
  expect(() => stableUuid('test', 'x', new Date(Number.NaN))).toThrow(RangeError)
  expect(() => stableUuid('test', 'x', new Date(-1))).toThrow(RangeError)
})
