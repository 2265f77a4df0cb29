import { randomUUID } from 'node:crypto'
import { guest } from '@cartograph/test-kit'
import { guestClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionClient } from './session-client.ts'

let client: Awaited<ReturnType<typeof sessionClient>>
beforeAll(async () => {
  client = await sessionClient({ TRIES_PER_ADDRESS: '3' })
})
afterAll(() => client.users.stop())

const wrong = { session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] }
const tooMany = (retryAfterSeconds: number) => ({
  session: null,
  userErrors: [{ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds }],
})
const count = async (where = 'true') =>
  (await client.users.sql<{ count: number }>(`select count(*)::int from attempt_limit where ${where}`))[0]!.count
const recorded = async (kind: string) =>
  (await client.users.sql<{ count: number }>('select count(*)::int from security_event where kind = $1', [kind]))[0]!
    .count
/** Has it be so much later for every count. */
const later = (interval: string) =>
  client.users.sql('update attempt_limit set free_at = free_at - $1::interval, forget_at = forget_at - $1::interval', [
    interval,
  ])
const from = (address: string) => guestClaims('test', null, address)

describe('passwords of one account', () => {
  test.each(['an account', 'an unknown address'])('have five free tries, then waits that double: %s', async (whose) => {
    const email = `${randomUUID()}@example.com`
    if (whose === 'an account') await client.register(email)
    const before = await recorded('TOO_MANY_ATTEMPTS')
    for (let tries = 1; tries <= 5; tries += 1) expect(await client.signIn(email, guest(), 'wrong')).toEqual(wrong)
    expect(await client.signIn(email, guest(), 'wrong')).toEqual(tooMany(1))
    for (const [wait, next] of [
      ['1 second', 2],
      ['2 seconds', 4],
      ['4 seconds', 8],
    ] as const) {
      await later(wait)
      expect(await client.signIn(email.toUpperCase(), guest(), 'wrong')).toEqual(wrong)
      expect(await client.signIn(` ${email} `, guest(), 'wrong')).toEqual(tooMany(next))
    }
    // The right one is refused too, and nothing tells that it was.
    expect(await client.signIn(email)).toEqual(tooMany(8))
    expect(await recorded('TOO_MANY_ATTEMPTS')).toBe(before + 1)
  })

  test('are counted anew after a success, and after a day', async () => {
    const email = `${randomUUID()}@example.com`
    await client.register(email)
    for (let tries = 1; tries <= 4; tries += 1) await client.signIn(email, guest(), 'wrong')
    expect((await client.signIn(email)).userErrors).toEqual([])
    for (let tries = 1; tries <= 5; tries += 1) expect(await client.signIn(email, guest(), 'wrong')).toEqual(wrong)
    expect(await client.signIn(email)).toEqual(tooMany(1))
    await later('1 day')
    for (let tries = 1; tries <= 5; tries += 1) expect(await client.signIn(email, guest(), 'wrong')).toEqual(wrong)
    expect(await client.signIn(email)).toEqual(tooMany(1))
  })

  test('that are refused hash nothing, open nothing and are not counted', async () => {
    const email = `${randomUUID()}@example.com`
    await client.register(email)
    for (let tries = 1; tries <= 6; tries += 1) await client.signIn(email, guest(), 'wrong')
    await later('-1 hour')
    const sum = async () =>
      (
        await client.users
          .sql(`select (select sum(tries)::int from attempt_limit) as tries, (select count(*)::int from session) as sessions,
        (select count(*)::int from refresh_token) as tokens, (select count(*)::int from security_event) as events`)
      )[0]
    const before = await sum()
    expect((await client.signIn(email)).userErrors[0]!.code).toBe('TOO_MANY_ATTEMPTS')
    expect(await sum()).toEqual(before)
  })

  test('cost the same statements for an account, an unknown address and a disabled account', async () => {
    const [known, disabled] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`]
    await client.register(known)
    await client.register(disabled)
    await client.users.sql('update user_account set disabled_at = now() where email = $1', [disabled])
    const statements = (email: string, tried: string) =>
      client.users.statementsOf(() => client.signIn(email, guest(), tried))
    const unknown = await statements(`${randomUUID()}@example.com`, 'wrong')
    expect(unknown.length).toBeGreaterThan(0)
    expect(await statements(known, 'wrong')).toEqual(unknown)
    expect(await statements(disabled, 'correct horse')).toEqual(unknown)
  })

  test('leave a browser with a live session alone', async () => {
    const email = `${randomUUID()}@example.com`
    const session = (await client.register(email)).session!
    for (let tries = 1; tries <= 5; tries += 1) await client.signIn(email, guest(), 'wrong')
    expect(await client.signIn(email)).toEqual(tooMany(1))
    expect((await client.refresh(session.refreshToken)).userErrors).toEqual([])
  })

  test('are kept without what was typed', async () => {
    const email = `${randomUUID()}@example.com`
    await client.signIn(email, guest(), 'a tried password')
    const [row] = await client.users.sql<{ text: string }>(
      `select concat((select json_agg(a)::text from attempt_limit a), (select json_agg(e)::text from security_event e)) as text`,
    )
    expect(row!.text).toContain('password ')
    expect(row!.text).not.toContain(email)
    expect(row!.text).not.toContain('a tried password')
  })
})

describe('tries from one network address', () => {
  const stranger = () => `${randomUUID()}@example.com`

  test('are limited over all accounts, for signing in and for opening an account', async () => {
    const here = from('198.51.100.1')
    expect(await client.signIn(stranger(), here)).toEqual(wrong)
    expect((await client.register(stranger(), here)).userErrors).toEqual([])
    expect(await client.signIn(stranger(), here)).toEqual(wrong)
    const accounts = async () => (await client.users.sql('select count(*)::int from user_account'))[0]
    const [before, counts] = [await accounts(), await count()]
    expect(await client.register(stranger(), here)).toEqual(tooMany(10))
    expect(await client.signIn(stranger(), here)).toEqual(tooMany(10))
    expect(await accounts()).toEqual(before)
    expect(await count()).toBe(counts)
    expect(await client.signIn(stranger(), from('198.51.100.2'))).toEqual(wrong)
    await later('10 seconds')
    expect(await client.signIn(stranger(), here)).toEqual(wrong)
    expect(await client.signIn(stranger(), here)).toEqual(tooMany(10))
    await later('10 minutes')
    for (let tries = 1; tries <= 3; tries += 1) expect(await client.signIn(stranger(), here)).toEqual(wrong)
    expect(await client.signIn(stranger(), here)).toEqual(tooMany(10))
  })

  test('count the 2^64 addresses of a customer as one', async () => {
    for (let host = 1; host <= 3; host += 1)
      expect(await client.signIn(stranger(), from(`2001:db8:0:1::${host}`))).toEqual(wrong)
    expect(await client.signIn(stranger(), from('2001:db8:0:1:ffff::9'))).toEqual(tooMany(10))
    expect(await client.signIn(stranger(), from('2001:db8:0:2::1'))).toEqual(wrong)
  })

  test('are not limited where nobody knows the address', async () => {
    for (let tries = 1; tries <= 5; tries += 1) expect(await client.signIn(stranger(), guest())).toEqual(wrong)
  })
})

test('many at once get no more tries than one after the other, and the refusals are recorded once', async () => {
  const here = from('198.51.100.99')
  const before = await recorded('TOO_MANY_ATTEMPTS')
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, () => client.signIn(`${randomUUID()}@example.com`, here)),
  )
  expect(outcomes.filter(({ userErrors }) => userErrors[0]!.code === 'INVALID_CREDENTIALS')).toHaveLength(3)
  expect(await recorded('TOO_MANY_ATTEMPTS')).toBe(before + 1)
})
