import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { errorCodes, guest, readAll, user, type Page } from '@cartograph/test-kit'
import { guestClaims, scopesOfRoles, type ViewerClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { age, claimsOf, sessionClient } from './session-client.ts'

let client: Awaited<ReturnType<typeof sessionClient>>
beforeAll(async () => {
  client = await sessionClient()
})
afterAll(() => client.users.stop())

interface Event {
  kind: string
  user: { id: string } | null
  actor: { id: string } | null
  sessionId: string | null
  clientAddress: string | null
  requestId: string
}
const fields = 'kind user { id } actor { id } sessionId clientAddress requestId'
const auditor = () => user(undefined, ['audit:read'])
const eventsOf = async (args: string, viewer: ViewerClaims = auditor()) =>
  (
    await client.users.ask<{ securityEvents: { edges: { node: Event }[] } }>(
      viewer,
      `{ securityEvents(first: 100${args}) { edges { node { ${fields} } } } }`,
    )
  ).data.securityEvents.edges.map(({ node }) => node)

test('each thing that happens is recorded once: what, to whom, by whom, from where, in which request', async () => {
  const from = (requestId: string): ViewerClaims => guestClaims(requestId, null, '203.0.113.7')
  const session = (await client.register(undefined, from('register'))).session!
  const { id, email } = session.viewer
  const own = (requestId: string) => ({ ...claimsOf(session), clientAddress: '2001:db8::1', requestId })
  const admin = (await client.register()).session!
  const asAdmin = (requestId: string) => ({ ...claimsOf(admin), scopes: ['users:write'], requestId })

  await client.signIn(email, from('wrong'), 'wrong')
  const second = (await client.signIn(email, from('right'))).session!
  await client.refresh(second.refreshToken, from('refresh'))
  await age(client.users, claimsOf(second).sessionId, '10 seconds')
  await client.refresh(second.refreshToken, from('reuse'))
  await client.users.ask(from('sign-out'), 'mutation ($t: String!) { sessionRevoke(refreshToken: $t) { revoked } }', {
    t: (await client.signIn(email, from('third'))).session!.refreshToken,
  })
  await client.users.ask(own('everywhere'), 'mutation { sessionEndAll(exceptCurrent: false) { endedSessionIds } }')
  const roles = 'mutation ($id: ID!) { userRolesSet(userId: $id, roles: [SUPPORT]) { user { id } } }'
  await client.users.ask(asAdmin('roles'), roles, { id })
  await client.users.ask(asAdmin('disable'), 'mutation ($id: ID!) { userDisable(userId: $id) { user { id } } }', { id })
  await client.signIn(email, from('disabled'))
  await client.users.ask(asAdmin('enable'), 'mutation ($id: ID!) { userEnable(userId: $id) { user { id } } }', { id })
  for (let tries = 0; tries < 6; tries += 1) await client.signIn(email, from(`guess ${tries}`), 'wrong')

  const events = (await eventsOf(`, userId: "${id}"`)).toReversed()
  const [guessed, v4, v6] = ['SIGN_IN_FAILED', '203.0.113.7', '2001:db8::1']
  expect(events.map((event) => [event.requestId, event.kind, event.actor?.id ?? null, event.clientAddress])).toEqual([
    ['register', 'SIGNED_IN', id, v4],
    ['wrong', guessed, null, v4],
    ['right', 'SIGNED_IN', id, v4],
    ['reuse', 'REFRESH_TOKEN_REUSED', null, v4],
    ['third', 'SIGNED_IN', id, v4],
    ['sign-out', 'SIGNED_OUT', id, v4],
    ['everywhere', 'SIGNED_OUT_EVERYWHERE', id, v6],
    ['roles', 'ROLES_SET', admin.viewer.id, null],
    ['disable', 'ACCOUNT_DISABLED', admin.viewer.id, null],
    ['disabled', guessed, null, v4],
    ['enable', 'ACCOUNT_ENABLED', admin.viewer.id, null],
    ...[0, 1, 2, 3].map((tries) => [`guess ${tries}`, guessed, null, v4]),
    ['guess 4', 'TOO_MANY_ATTEMPTS', null, v4],
  ])
  expect(events.map(({ user: whose }) => whose?.id)).toEqual(events.map(() => id))
  expect(events.slice(2, 4).map(({ sessionId }) => sessionId)).toEqual([events[2]!.sessionId, events[2]!.sessionId])
  expect((await eventsOf(`, userId: "${id}", kind: ROLES_SET`)).map(({ requestId }) => requestId)).toEqual(['roles'])
})

test('a try for an unknown address is recorded with nobody, and without the address', async () => {
  await client.signIn('nobody@example.com', guestClaims('unknown'), 'a tried password')
  const unknown = (await eventsOf(', kind: SIGN_IN_FAILED')).filter(({ requestId }) => requestId === 'unknown')
  expect(unknown).toEqual([
    { kind: 'SIGN_IN_FAILED', user: null, actor: null, sessionId: null, clientAddress: null, requestId: 'unknown' },
  ])
})

test('the owner is not shown who of staff did something to the account, nor from where', async () => {
  const session = (await client.register()).session!
  const admin = { ...user(undefined, ['users:write']), clientAddress: '203.0.113.9' }
  const roles = 'mutation ($id: ID!) { userRolesSet(userId: $id, roles: []) { user { id } } }'
  await client.users.ask(admin, roles, { id: session.viewer.id })
  const query = `{ viewer { securityEvents { edges { node { kind actor { id } clientAddress } } }
    personalData { account } } }`
  const { data } = await client.users.ask<{
    viewer: { securityEvents: { edges: { node: object }[] }; personalData: { account: string } }
  }>(claimsOf(session), query)
  const own = { kind: 'SIGNED_IN', actor: { id: session.viewer.id }, clientAddress: null }
  expect(data.viewer.securityEvents.edges.map(({ node }) => node)).toEqual([
    { kind: 'ROLES_SET', actor: null, clientAddress: null },
    own,
  ])
  expect(data.viewer.personalData.account).not.toContain('203.0.113.9')
  const recorded = `select client_address as address from security_event where kind = 'ROLES_SET' and actor_id = $1`
  expect(await client.users.sql(recorded, [admin.id])).toEqual([{ address: '203.0.113.9' }])
})

test('what is refused is not recorded, and what is rolled back neither', async () => {
  const { id } = (await client.register()).session!.viewer
  const before = await eventsOf('')
  const roles = 'mutation ($id: ID!) { userRolesSet(userId: $id, roles: [ADMIN]) { user { id } } }'
  await client.users.ask(user(), roles, { id })
  await client.users.ask(user(undefined, ['users:write']), roles, { id: 'user_01h455vb4pex5vsknk084sn02q' })
  await client.users.ask(user(), 'mutation { sessionEndAll { endedSessionIds } }')
  expect(await eventsOf('')).toEqual(before)
})

describe('the list', () => {
  test('is for administrators, and not for support', async () => {
    expect(scopesOfRoles(['ADMIN'])).toContain('audit:read')
    for (const role of ['CUSTOMER', 'SUPPORT', 'MERCHANDISER', 'WAREHOUSE'] as const)
      expect(scopesOfRoles([role])).not.toContain('audit:read')
    const query = '{ securityEvents { edges { node { kind } } } }'
    const support = await client.users.ask(user(undefined, [...scopesOfRoles(['SUPPORT'])]), query)
    expect([support.data, errorCodes(support)]).toEqual([{ securityEvents: null }, ['FORBIDDEN']])
    expect(errorCodes(await client.users.ask(guest(), query))).toEqual(['UNAUTHENTICATED'])
  })

  test.each(['forward', 'backward'] as const)('is read in pages, %s, also where times are equal', async (direction) => {
    const id = randomUUID()
    await client.users.sql(
      `insert into security_event (kind, user_id, request_id, at)
       select 'SIGNED_IN', $1, n::text, timestamptz '2026-01-01' + (n / 3) * interval '1 hour' from generate_series(1, 10) n`,
      [id],
    )
    const expected = await client.users.sql<{ request_id: string }>(
      'select request_id from security_event where user_id = $1 order by at desc, id desc',
      [id],
    )
    const list = async (page: object) =>
      (
        await client.users.ask<{ securityEvents: Page<{ requestId: string }> }>(
          auditor(),
          `query ($first: Int, $after: String, $last: Int, $before: String, $userId: ID) {
            securityEvents(first: $first, after: $after, last: $last, before: $before, userId: $userId) {
              edges { node { requestId } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
          { ...page, userId: toGlobalId('User', id) },
        )
      ).data.securityEvents
    const read = await readAll(list, direction, 3)
    expect(read.map(({ node }) => node.requestId)).toEqual(expected.map(({ request_id }) => request_id))
  })

  test('takes no cursor of another filter, and no id of another type', async () => {
    const query = '{ securityEvents(first: 1) { pageInfo { endCursor } } }'
    const { data } = await client.users.ask<{ securityEvents: { pageInfo: { endCursor: string } } }>(auditor(), query)
    const other = `{ securityEvents(after: "${data.securityEvents.pageInfo.endCursor}", kind: SIGNED_IN) { edges { cursor } } }`
    expect(errorCodes(await client.users.ask(auditor(), other))).toEqual(['INVALID_CURSOR'])
    const wrong = '{ securityEvents(userId: "prod_01h455vb4pex5vsknk084sn02q") { edges { cursor } } }'
    expect(errorCodes(await client.users.ask(auditor(), wrong))).toEqual(['INVALID_ID'])
  })

  test('costs two statements, for ten events or for fifty', async () => {
    const statements = async (first: number) =>
      (
        await client.users.statementsOfQuery(
          user(undefined, ['audit:read', 'users:read']),
          `{ securityEvents(first: ${first}) { edges { node { kind user { displayName } actor { displayName } } } } }`,
        )
      ).length
    expect(await statements(50)).toBe(2)
    expect(await statements(10)).toBe(2)
  })
})

test('everybody sees what happened to their own account', async () => {
  const session = (await client.register()).session!
  await client.signIn(session.viewer.email, guest(), 'wrong')
  const { data } = await client.users.ask(
    claimsOf(session),
    '{ viewer { securityEvents(first: 5) { edges { node { kind } } } } }',
  )
  expect(data).toEqual({
    viewer: { securityEvents: { edges: [{ node: { kind: 'SIGN_IN_FAILED' } }, { node: { kind: 'SIGNED_IN' } }] } },
  })
})
