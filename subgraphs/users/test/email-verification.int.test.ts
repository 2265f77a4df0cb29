import { createHash } from 'node:crypto'
import { entitiesQuery, errorCodes, eventually, guest, user } from '@cartograph/test-kit'
import { toGlobalId } from '@cartograph/global-ids'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Account, type UsersUnderTest, usersUnderTest } from './users-under-test.ts'

let users: UsersUnderTest
beforeAll(async () => (users = await usersUnderTest()))
afterAll(() => users.stop())

const verify = (token: string, viewer = guest()) =>
  users.mutate<{ user: { id: string } | null }>(
    viewer,
    'mutation ($token: String!) { emailVerify(token: $token) { user { id } userErrors { code path } } }',
    { token },
  )
const request = (account: Account) =>
  users.mutate<{ viewer: { id: string } | null }>(
    account.claims,
    'mutation { emailVerificationRequest { viewer { id } userErrors { code path } } }',
  )
const isVerified = async ({ claims }: Account) =>
  (await users.ask<{ viewer: { emailVerified: boolean } }>(claims, '{ viewer { emailVerified } }')).data.viewer
    .emailVerified
const invalid = { user: null, userErrors: [{ code: 'INVALID_TOKEN', path: ['token'] }] }

test('registration sends a link that verifies the address once', async () => {
  const account = await users.register()
  expect(await isVerified(account)).toBe(false)
  const token = await users.tokenTo(account.email, 'verify-email')
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(await verify(token)).toEqual({ user: { id: toGlobalId('User', account.id) }, userErrors: [] })
  expect(await isVerified(account)).toBe(true)
  const before = await users.stored()
  expect(await verify(token)).toEqual(invalid)
  expect(await users.stored()).toEqual(before)
  expect(users.mailsTo(account.email)).toHaveLength(1)
})

test('of two uses of a link at once one wins', async () => {
  const account = await users.register()
  const token = await users.tokenTo(account.email, 'verify-email')
  const outcomes = await Promise.all([verify(token), verify(token)])
  expect(outcomes.filter((outcome) => outcome.user !== null)).toHaveLength(1)
  expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual(invalid.userErrors)
})

test('a newer link takes the place of the last, and a verified address is sent none', async () => {
  const account = await users.register()
  const first = await users.tokenTo(account.email, 'verify-email')
  expect(await request(account)).toEqual({ viewer: { id: toGlobalId('User', account.id) }, userErrors: [] })
  await users.tokenTo(account.email, 'verify-email', 2)
  expect(await verify(first)).toEqual(invalid)
  expect(await isVerified(account)).toBe(false)
  const links = users.mailsTo(account.email).map((mail) => /token=([\w-]+)/.exec(mail)![1]!)
  expect((await verify(links.find((token) => token !== first)!)).userErrors).toEqual([])
  const before = await users.sql('select count(*)::int from pgboss.job')
  expect((await request(account)).userErrors).toEqual([])
  expect(await users.sql('select count(*)::int from pgboss.job')).toEqual(before)
})

test('a link that is too old, that is for another address, and one that nobody was sent, change nothing', async () => {
  const account = await users.register()
  const token = await users.tokenTo(account.email, 'verify-email')
  const set = (column: string) => users.sql(`update one_time_token set ${column} where user_id = $1`, [account.id])
  await set(`requested_at = now() - interval '25 hours', expires_at = now() - interval '1 second'`)
  expect(await verify(token)).toEqual(invalid)
  await set(`expires_at = now() + interval '1 hour', email = 'another@example.com'`)
  expect(await verify(token)).toEqual(invalid)
  expect(await verify('nonsense')).toEqual(invalid)
  expect(await isVerified(account)).toBe(false)
})

test('a link works for 24 hours, and neither it nor anything else that is kept tells the token', async () => {
  const account = await users.register()
  const token = await users.tokenTo(account.email, 'verify-email')
  const [row] = await users.sql<{ hours: number; hash: string; text: string }>(
    `select extract(epoch from expires_at - requested_at)::int / 3600 as hours, encode(hashes[1], 'hex') as hash,
       row_to_json(t)::text || (select json_agg(j)::text from pgboss.job j) as text
     from one_time_token t where user_id = $1`,
    [account.id],
  )
  expect(row).toMatchObject({ hours: 24, hash: createHash('sha256').update(token).digest('hex') })
  expect(row!.text).not.toContain(token)
})

test('a mail that was written and not taken is written again, with a link that works beside the first', async () => {
  const account = await users.register()
  const first = await users.tokenTo(account.email, 'verify-email')
  const [mail] = users.mailsTo(account.email)
  const [job] = await eventually(async () => {
    const jobs = await users.sql<{ id: string; data: { requestId: string } }>(
      `select j.id, j.data from pgboss.job j join one_time_token t on j.data->>'requestId' = t.request_id::text
       where t.user_id = $1 and j.state = 'completed'`,
      [account.id],
    )
    expect(jobs).toHaveLength(1)
    return jobs
  })
  await users.sql(`update pgboss.job set state = 'created', completed_on = null, started_on = null where id = $1`, [
    job!.id,
  ])
  const again = await eventually(() => {
    const mails = users.mailsTo(account.email)
    expect(mails).toHaveLength(1)
    expect(mails[0]).not.toBe(mail)
    return /token=([\w-]+)/.exec(mails[0]!)![1]!
  })
  expect(again).not.toBe(first)
  expect((await verify(first)).userErrors).toEqual([])
  expect(await verify(again)).toEqual(invalid)
})

test('whether an address is verified is seen by its owner and with users:read, also through _entities', async () => {
  const account = await users.register()
  const of = [{ __typename: 'User', id: toGlobalId('User', account.id) }]
  const see = (viewer: Parameters<typeof users.ask>[0]) =>
    users.ask<{ _entities: object[] }>(viewer, entitiesQuery('... on User { emailVerified }'), { of })
  expect((await see(account.claims)).data).toEqual({ _entities: [{ emailVerified: false }] })
  expect((await see(user(undefined, ['users:read']))).data).toEqual({ _entities: [{ emailVerified: false }] })
  for (const [viewer, code] of [
    [user(), 'FORBIDDEN'],
    [guest(), 'UNAUTHENTICATED'],
  ] as const) {
    const answer = await see(viewer)
    expect(answer.data).toEqual({ _entities: [{ emailVerified: null }] })
    expect(errorCodes(answer)).toEqual([code])
  }
  const refused = await users.ask(guest(), 'mutation { emailVerificationRequest { viewer { id } } }')
  expect(errorCodes(refused)).toEqual(['UNAUTHENTICATED'])
})
