import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AccessTokens } from './access-tokens.ts'
import { EndedSessions } from './ended-sessions.ts'
import { goodClaims, type IssuerKey, issuerKey, issuerUnderTest, signedBy, userId } from './issuer.test-kit.ts'

let old: IssuerKey
let next: IssuerKey
let issuer: Awaited<ReturnType<typeof issuerUnderTest>>
let tokens: AccessTokens
beforeEach(async () => {
  // The clock by which jose tells how old the keys are; the network's timers go on.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) })
  ;[old, next] = await Promise.all([issuerKey('old'), issuerKey('new')])
  issuer = await issuerUnderTest(old)
  tokens = new AccessTokens(issuer.url, new EndedSessions())
})
afterEach(() => {
  vi.useRealTimers()
  issuer.stop()
})

/** A token that is new, whatever was verified before. */
let serial = 0
const tokenOf = (key: IssuerKey) => signedBy(key, { ...goodClaims(Date.now()), jti: String((serial += 1)) })
const outcomeOf = (token: string) =>
  tokens.verify(token, Date.now()).then(
    (verified) => verified.userId,
    (error: { extensions: { code: string } }) => error.extensions.code,
  )
const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

test('while one key replaces another in the documented steps nobody is refused', async () => {
  expect(await outcomeOf(await tokenOf(old))).toBe(userId)
  issuer.keys = [old, next]
  later(11 * 60_000)
  expect(await outcomeOf(await tokenOf(old))).toBe(userId)
  const lastOfOld = await tokenOf(old)
  issuer.keys = [next, old]
  expect(await outcomeOf(await tokenOf(next))).toBe(userId)
  expect(await outcomeOf(lastOfOld)).toBe(userId)
  later(599_000)
  expect(await outcomeOf(lastOfOld)).toBe(userId)
  expect(await outcomeOf(await tokenOf(next))).toBe(userId)
  issuer.keys = [next]
  later(11 * 60_000)
  expect(await outcomeOf(await tokenOf(next))).toBe(userId)
  expect(await outcomeOf(await tokenOf(old))).toBe('UNAUTHENTICATED')
})

test('a key that is not known is asked for at once, and then known', async () => {
  await outcomeOf(await tokenOf(old))
  issuer.keys = [next, old]
  later(5_000)
  expect(await outcomeOf(await tokenOf(next))).toBe(userId)
  expect(await outcomeOf(await tokenOf(next))).toBe(userId)
  expect(issuer.requests).toBe(2)
})

test('one that nobody publishes is refused, and is asked for every five seconds at most', async () => {
  await outcomeOf(await tokenOf(old))
  expect(issuer.requests).toBe(1)
  for (let second = 1; second <= 20; second += 1) {
    later(1_000)
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => outcomeOf(await tokenOf(await issuerKey(crypto.randomUUID())))),
    )
    expect(outcomes).toEqual(Array(10).fill('UNAUTHENTICATED'))
  }
  expect(issuer.requests).toBe(5)
  expect(await outcomeOf(await tokenOf(old))).toBe(userId)
})
