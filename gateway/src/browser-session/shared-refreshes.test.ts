import { expect, test } from 'vitest'
import { SharedRefreshes } from './shared-refreshes.ts'
import type { SessionOutcome } from './users-sessions.ts'

const opened = (refreshToken: string): SessionOutcome => ({
  session: { accessToken: 'a', refreshToken, expiresAt: '', viewer: { id: '', displayName: '' } },
  userErrors: [],
})
const invalid: SessionOutcome = { session: null, userErrors: [{ code: 'INVALID_TOKEN', message: '', path: null }] }

function refreshesAt(clock: { ms: number }) {
  const refreshes = new SharedRefreshes({ now: () => clock.ms })
  let asked = 0
  const refresh = (token = 'first', outcome: () => Promise<SessionOutcome> = async () => opened(`next ${asked}`)) =>
    refreshes.refresh('session', token, () => ((asked += 1), outcome()))
  return { refreshes, refresh, asked: () => asked }
}

test('who comes with the same token within ten seconds shares the answer of the first', async () => {
  const clock = { ms: 1_000 }
  const { refresh, asked } = refreshesAt(clock)
  const [one, two] = await Promise.all([refresh(), refresh()])
  expect(two).toBe(one)
  clock.ms += 10_000
  expect(await refresh()).toBe(one)
  clock.ms += 1
  expect(await refresh()).toEqual(opened('next 2'))
  expect(asked()).toBe(2)
})

test('another token of the session is another refresh, and so is the first after the session was forgotten', async () => {
  const { refreshes, refresh, asked } = refreshesAt({ ms: 1_000 })
  await refresh()
  await refresh('second')
  expect(asked()).toBe(2)
  refreshes.forget('session')
  await refresh('second')
  expect(asked()).toBe(3)
})

test('a refusal and a failure are shared by who came meanwhile, and by nobody after', async () => {
  const { refresh, asked } = refreshesAt({ ms: 1_000 })
  expect(await Promise.all([refresh('first', async () => invalid), refresh()])).toEqual([invalid, invalid])
  const fails = () => Promise.reject(new Error('down'))
  const both = await Promise.allSettled([refresh('first', fails), refresh()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(asked()).toBe(2)
  expect(await refresh()).toEqual(opened('next 3'))
})
