import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually, guest } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, type UsersUnderTest, usersUnderTest } from './users-under-test.ts'

let users: UsersUnderTest
beforeAll(async () => (users = await usersUnderTest()))
afterAll(() => users.stop())

const requestMutation =
  'mutation ($email: String!) { passwordResetRequest(email: $email) { accepted userErrors { code path } } }'
const request = (email: string) => users.mutate<{ accepted: boolean | null }>(guest(), requestMutation, { email })
const reset = (token: string, newPassword: string) =>
  users.mutate<{ user: { id: string } | null }>(
    guest(),
    `mutation ($token: String!, $newPassword: String!) {
      passwordReset(token: $token, newPassword: $newPassword) { user { id } userErrors { code path } } }`,
    { token, newPassword },
  )
const invalid = { user: null, userErrors: [{ code: 'INVALID_TOKEN', path: ['token'] }] }

test('a link lets the owner of an address choose a password, once; it ends every session and verifies', async () => {
  const account = await users.register()
  const other = (await users.signIn(account.email, password))!
  expect(await request(` ${account.email.toUpperCase()} `)).toEqual({ accepted: true, userErrors: [] })
  const token = await users.tokenTo(account.email, 'reset-password')
  expect(await reset(token, 'an entirely new one')).toEqual({
    user: { id: toGlobalId('User', account.id) },
    userErrors: [],
  })
  expect(await users.signIn(account.email, password)).toBeNull()
  expect(await users.signIn(account.email, 'an entirely new one')).not.toBeNull()
  expect(await users.refusalsOfRefresh(account.refreshToken)).toEqual(['INVALID_TOKEN'])
  expect(await users.refusalsOfRefresh(other.refreshToken)).toEqual(['INVALID_TOKEN'])
  const viewer = await users.ask(account.claims, '{ viewer { emailVerified } }')
  expect(viewer.data).toEqual({ viewer: { emailVerified: true } })
  await eventually(() =>
    expect(users.mailsTo(account.email).filter((mail) => mail.includes('Your password was changed'))).toHaveLength(1),
  )
  expect(await users.recorded(account.id)).toContain('PASSWORD_RESET')
  const before = await users.stored()
  expect(await reset(token, 'yet another new one')).toEqual(invalid)
  expect(await users.stored()).toEqual(before)
})

const allMailsSent = () =>
  eventually(async () =>
    expect(await users.sql(`select from pgboss.job where name = 'mails' and state <> 'completed'`)).toEqual([]),
  )

test('a known address and an unknown one get the same answer for the same one job, and the known one a mail', async () => {
  const { email: known } = await users.register()
  const unknown = `${randomUUID()}@example.com`
  await allMailsSent()
  for (const email of [known, unknown]) {
    const before = await users.sql<{ count: number }>('select count(*)::int from pgboss.job')
    expect(await request(email)).toEqual({ accepted: true, userErrors: [] })
    const jobs = `select name, data - 'requestedAt' as data from pgboss.job where data->>'email' = $1`
    expect(await users.sql(jobs, [email])).toEqual([{ name: 'mails', data: { kind: 'password-reset', email } }])
    expect(await users.sql('select count(*)::int from pgboss.job')).toEqual([{ count: before[0]!.count + 1 }])
    await allMailsSent()
  }
  expect(users.mailsTo(known)).toHaveLength(2)
  expect(users.mailsTo(unknown)).toEqual([])
})

test('whoever reads the mails signs in by a new password, however often others have guessed', async () => {
  const account = await users.register()
  await request(account.email)
  const token = await users.tokenTo(account.email, 'reset-password')
  for (let tries = 0; tries < 6; tries += 1) await users.signIn(account.email, 'a guess')
  expect(await users.signIn(account.email, password)).toBeNull()
  await reset(token, 'an entirely new one')
  expect(await users.signIn(account.email, 'an entirely new one')).not.toBeNull()
})

test('an address is sent five mails at once, known or not, and then none for a while', async () => {
  const { email: known } = await users.register()
  await allMailsSent()
  for (const email of [known, `${randomUUID()}@example.com`]) {
    for (let mail = 0; mail < 5; mail += 1) expect(await request(email)).toEqual({ accepted: true, userErrors: [] })
    const before = await users.sql('select count(*)::int from pgboss.job')
    expect(await request(email)).toEqual({
      accepted: null,
      userErrors: [{ code: 'TOO_MANY_ATTEMPTS', path: null }],
    })
    expect(await users.sql('select count(*)::int from pgboss.job')).toEqual(before)
  }
})

test('what is no address is refused, and nothing is sent', async () => {
  const before = await users.sql('select count(*)::int from pgboss.job')
  expect(await request('nobody')).toEqual({ accepted: null, userErrors: [{ code: 'INVALID_INPUT', path: ['email'] }] })
  expect(await users.sql('select count(*)::int from pgboss.job')).toEqual(before)
})

test('a password that is refused leaves the link as it was, and so does a link of another purpose', async () => {
  const { email } = await users.register()
  await request(email)
  const token = await users.tokenTo(email, 'reset-password')
  const before = await users.stored()
  for (const bad of ['short', 'Password1', email, 'x'.repeat(129)]) {
    expect(await reset(token, bad)).toEqual({
      user: null,
      userErrors: [{ code: 'INVALID_INPUT', path: ['newPassword'] }],
    })
  }
  expect(await reset(await users.tokenTo(email, 'verify-email'), 'an entirely new one')).toEqual(invalid)
  expect(await users.stored()).toEqual(before)
  expect((await reset(token, 'an entirely new one')).userErrors).toEqual([])
})

test('a link is good for half an hour, the newest alone, and of two uses at once one wins', async () => {
  const account = await users.register()
  await request(account.email)
  const first = await users.tokenTo(account.email, 'reset-password')
  await request(account.email)
  await users.tokenTo(account.email, 'reset-password', 2)
  expect(await reset(first, 'an entirely new one')).toEqual(invalid)
  const links = users.mailsTo(account.email).flatMap((mail) => /reset-password\?token=([\w-]+)/.exec(mail)?.[1] ?? [])
  const newest = links.find((token) => token !== first)!
  const [row] = await users.sql<{ minutes: number }>(
    `select extract(epoch from expires_at - requested_at)::int / 60 as minutes from one_time_token
     where user_id = $1 and purpose = 'RESET_PASSWORD'`,
    [account.id],
  )
  expect(row).toEqual({ minutes: 30 })
  const move = `update one_time_token set expires_at = now() + $2::interval, requested_at = now() - interval '1 hour' where user_id = $1`
  await users.sql(move, [account.id, '-1 second'])
  expect(await reset(newest, 'an entirely new one')).toEqual(invalid)
  await users.sql(move, [account.id, '1 minute'])
  const outcomes = await Promise.all([reset(newest, 'the one password'), reset(newest, 'the other password')])
  expect(outcomes.filter((outcome) => outcome.user !== null)).toHaveLength(1)
  const signedIn = [
    await users.signIn(account.email, 'the one password'),
    await users.signIn(account.email, 'the other password'),
  ]
  expect(signedIn.filter((session) => session !== null)).toHaveLength(1)
})

test('an account that has no password yet gets its first one this way', async () => {
  const email = `${randomUUID()}@example.com`
  await users.sql(`insert into user_account (email, display_name) values ($1, 'Imported')`, [email])
  await request(email)
  await reset(await users.tokenTo(email, 'reset-password'), 'an entirely new one')
  expect(await users.signIn(email, 'an entirely new one')).not.toBeNull()
})
