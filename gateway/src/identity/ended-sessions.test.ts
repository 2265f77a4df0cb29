import { accessTokenLifetimeMs } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { EndedSessions } from './ended-sessions.ts'

const now = Date.UTC(2026, 0, 1)
const longest = accessTokenLifetimeMs + 60_000

test('a session that ended is known for as long as a token of it could live, and no longer', () => {
  const ended = new EndedSessions()
  ended.add(['a', 'b'], now)
  expect(ended.has('a', now)).toBe(true)
  expect(ended.has('b', now + longest - 1)).toBe(true)
  expect(ended.has('b', now + longest)).toBe(false)
  expect(ended.has('c', now)).toBe(false)
})

test('being told twice is harmless, and begins anew', () => {
  const ended = new EndedSessions()
  ended.add(['a', 'b'], now)
  ended.add(['a'], now + 1_000)
  expect(ended.size).toBe(2)
  expect(ended.has('a', now + longest)).toBe(true)
  expect(ended.has('b', now + longest)).toBe(false)
})

test('what may be forgotten takes no room', () => {
  const ended = new EndedSessions()
  for (let minute = 0; minute < 1_000; minute += 1) ended.add([`session ${minute}`], now + minute * 60_000)
  expect(ended.size).toBe(longest / 60_000)
})
