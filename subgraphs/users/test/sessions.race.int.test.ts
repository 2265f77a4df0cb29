import { eventually, user } from '@cartograph/test-kit'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimsOf, sessionClient, tokensOf } from './session-client.ts'

let client: Awaited<ReturnType<typeof sessionClient>>
beforeAll(async () => {
  client = await sessionClient()
})
afterAll(() => client.users.stop())

test('twenty uses of one refresh token at once leave one good token, and no other one renews the session', async () => {
  const first = (await client.register()).session!
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => client.refresh(first.refreshToken)))
  expect(outcomes.flatMap(({ userErrors }) => userErrors)).toEqual([])
  const { sessionId } = claimsOf(first)
  expect(await tokensOf(client.users, sessionId)).toEqual({ live: 1, used: 1, replaced: 19, ended: false })
  const hashes = await client.users.sql<{ hash: string }>(
    `select encode(hash, 'hex') as hash from refresh_token where session_id = $1 and used_at is null and replaced_at is null`,
    [sessionId],
  )
  expect(hashes).toHaveLength(1)
  const renewed = await Promise.all(outcomes.map(({ session }) => client.refresh(session!.refreshToken)))
  // Whoever shows one of the nineteen that were given up ends the session; the good one may have been shown before.
  expect(renewed.filter(({ session }) => session !== null).length).toBeLessThanOrEqual(1)
  expect((await tokensOf(client.users, sessionId))!.ended).toBe(true)
})

test('a sign-in while the account is disabled is refused, or its session is among those that end', async () => {
  const admin = user(undefined, ['users:write'])
  for (let round = 0; round < 10; round += 1) {
    const { viewer } = (await client.register()).session!
    const disable = `mutation ($id: ID!) { userDisable(userId: $id) { userErrors { code } } }`
    const outcomes = await Promise.all([
      ...Array.from({ length: 3 }, () => client.signIn(viewer.email)),
      client.users.ask(admin, disable, { id: viewer.id }),
    ])
    expect(outcomes).toHaveLength(4)
    expect(
      await client.users.sql(
        `select count(*)::int as alive from session s join user_account u on u.id = s.user_id
         where u.email = $1 and s.revoked_at is null`,
        [viewer.email],
      ),
    ).toEqual([{ alive: 0 }])
  }
})

test('a sign-in whose password is changed after it was verified, and before there is a session, is refused', async () => {
  const session = (await client.register()).session!
  const { id, sessionId } = claimsOf(session)
  const change = new pg.Client({ connectionString: client.users.database.connectionString })
  await change.connect()
  await change.query('begin')
  await change.query(`update user_account set password_hash = 'another' where id = $1`, [id])
  const signingIn = client.signIn(session.viewer.email)
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  await eventually(async () => expect(await client.users.sql(waiting)).toHaveLength(1))
  await change.query('commit')
  await change.end()
  expect(await signingIn).toEqual({ session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] })
  expect(await client.users.sql('select id from session where user_id = $1', [id])).toEqual([{ id: sessionId }])
})
