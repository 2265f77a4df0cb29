import { describe, expect, test } from 'vitest'
import { judgeRefresh, lostAnswerGraceMs, type RefreshVerdict, type ShownToken } from './judge-refresh.ts'
import { absoluteLifetimeMs, idleLifetimeMs, refreshTokenExpiry } from './session-lifetime.ts'

const now = new Date('2026-01-31T12:00:00.000Z')
const ago = (ms: number) => new Date(now.getTime() - ms)
const day = 24 * 3_600_000
const fresh: ShownToken = {
  usedAt: null,
  replacedAt: null,
  expiresAt: ago(-1),
  isSuccessorUnused: false,
  sessionCreatedAt: ago(day),
  sessionRevokedAt: null,
  isAccountDisabled: false,
}
const justUsed = { ...fresh, usedAt: ago(lostAnswerGraceMs - 1), isSuccessorUnused: true }

test('the numbers are those that are promised', () => {
  expect({ lostAnswerGraceMs, idleLifetimeMs, absoluteLifetimeMs }).toEqual({
    lostAnswerGraceMs: 10_000,
    idleLifetimeMs: 30 * day,
    absoluteLifetimeMs: 90 * day,
  })
})

describe('a token', () => {
  test.each<[string, ShownToken, RefreshVerdict]>([
    ['that is unused is renewed', fresh, 'renew'],
    ['that ends now is refused', { ...fresh, expiresAt: now }, 'refuse'],
    ['of a session a moment short of 90 days is renewed', { ...fresh, sessionCreatedAt: ago(90 * day - 1) }, 'renew'],
    ['of a session of 90 days is refused', { ...fresh, sessionCreatedAt: ago(90 * day) }, 'refuse'],
    ['of a disabled account is refused', { ...fresh, isAccountDisabled: true }, 'refuse'],
    ['of an ended session is refused', { ...fresh, sessionRevokedAt: ago(1) }, 'refuse'],
    ['used just now, whose answer may be lost, is given another successor', justUsed, 'replace'],
    ['used ten seconds ago is a reuse', { ...justUsed, usedAt: ago(lostAnswerGraceMs) }, 'reuse'],
    ['used just now, whose successor was used, is a reuse', { ...justUsed, isSuccessorUnused: false }, 'reuse'],
    ['used just now, of a disabled account, is a reuse', { ...justUsed, isAccountDisabled: true }, 'reuse'],
    ['that was given up for another is a reuse', { ...fresh, replacedAt: ago(1) }, 'reuse'],
    ['used long ago, of an ended session, is refused', { ...justUsed, sessionRevokedAt: ago(1) }, 'refuse'],
  ])('%s', (_, token, verdict) => {
    expect(judgeRefresh(token, now)).toBe(verdict)
  })
})

test('a token lives for 30 days, and not beyond the 90 of its session', () => {
  expect(refreshTokenExpiry(now, now)).toEqual(ago(-30 * day))
  expect(refreshTokenExpiry(ago(60 * day), now)).toEqual(ago(-30 * day))
  expect(refreshTokenExpiry(ago(61 * day), now)).toEqual(ago(-29 * day))
})
