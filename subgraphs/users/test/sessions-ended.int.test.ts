import { randomBytes } from 'node:crypto'
import { sessionsEnded } from '@cartograph/contracts'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { gatewayUnderTest } from './gateway-under-test.ts'
import { age, claimsOf, password, sessionClient, type TestSession } from './session-client.ts'

let client: Awaited<ReturnType<typeof sessionClient>>
let gateways: Awaited<ReturnType<typeof gatewayUnderTest>>[]
beforeAll(async () => {
  const secret = randomBytes(32).toString('hex')
  gateways = await Promise.all([gatewayUnderTest(secret), gatewayUnderTest(secret)])
  client = await sessionClient({
    GATEWAY_URL: gateways.map(({ url }) => `${url}/graphql`).join(','),
    GATEWAY_SIGNING_SECRET: secret,
  })
})
beforeEach(() => gateways.forEach((gateway) => (gateway.events.length = 0)))
afterAll(async () => {
  await client.users.stop()
  await Promise.all(gateways.map((gateway) => gateway.stop()))
})

const jobs = async () =>
  (await client.users.sql<{ count: number }>(`select count(*)::int from pgboss.job where name like 'events%'`))[0]!
    .count

test.each<[string, (session: TestSession) => Promise<unknown>]>([
  [
    'signing out',
    ({ refreshToken }) =>
      client.users.ask(guest(), 'mutation ($t: String!) { sessionRevoke(refreshToken: $t) { revoked } }', {
        t: refreshToken,
      }),
  ],
  [
    'signing out on a device',
    (session) =>
      client.users.ask(claimsOf(session), 'mutation ($id: ID!) { sessionEnd(sessionId: $id) { endedSessionId } }', {
        id: toGlobalId('DeviceSession', claimsOf(session).sessionId),
      }),
  ],
  [
    'signing out everywhere',
    (session) =>
      client.users.ask(claimsOf(session), 'mutation { sessionEndAll(exceptCurrent: false) { endedSessionIds } }'),
  ],
  [
    'showing a used token',
    async (session) => {
      await client.refresh(session.refreshToken)
      await age(client.users, claimsOf(session).sessionId, '10 seconds')
      await client.refresh(session.refreshToken)
    },
  ],
  [
    'disabling the account',
    ({ viewer }) =>
      client.users.ask(
        user(undefined, ['users:write']),
        'mutation ($id: ID!) { userDisable(userId: $id) { user { id } } }',
        { id: viewer.id },
      ),
  ],
  [
    'choosing another password on another device',
    async ({ viewer }) =>
      client.users.ask(
        claimsOf((await client.signIn(viewer.email)).session!),
        `mutation { passwordChange(currentPassword: "${password}", newPassword: "an entirely new one") { viewer { id } } }`,
      ),
  ],
])('every gateway is told of the session that ends by %s', async (_, end) => {
  const session = (await client.register()).session!
  const before = await jobs()
  await end(session)
  const { id, sessionId } = claimsOf(session)
  await eventually(() => expect(gateways.map((gateway) => gateway.ended())).toEqual([[sessionId], [sessionId]]))
  expect(gateways[0]!.events[0]).toMatchObject({ name: sessionsEnded.name, aggregateId: id })
  expect(await jobs()).toBe(before + 1)
})

test('who loses a role is signed out at once, and who is given one is not', async () => {
  const session = (await client.register()).session!
  const { sessionId } = claimsOf(session)
  const setRoles = (roles: string) =>
    client.users.ask(
      user(undefined, ['users:write']),
      `mutation ($id: ID!) { userRolesSet(userId: $id, roles: [${roles}]) { user { roles } } }`,
      { id: session.viewer.id },
    )
  await setRoles('ADMIN')
  await setRoles('ADMIN, SUPPORT')
  const before = await jobs()
  await setRoles('SUPPORT')
  await eventually(() => expect(gateways.map((gateway) => gateway.ended())).toEqual([[sessionId], [sessionId]]))
  expect(await jobs()).toBe(before + 1)
  expect((await client.refresh(session.refreshToken)).userErrors.map(({ code }) => code)).toEqual(['INVALID_TOKEN'])
})

test('every gateway is told of the sessions of an account that is erased', async () => {
  const session = (await client.register()).session!
  const mutation = `mutation { accountDelete(currentPassword: "${password}") { deletedUserId } }`
  await client.users.ask(claimsOf(session), mutation)
  const { sessionId } = claimsOf(session)
  await eventually(() => expect(gateways.map((gateway) => gateway.ended())).toEqual([[sessionId], [sessionId]]))
})

test('nobody is told of what is refused, or was so before', async () => {
  const session = (await client.register()).session!
  const revoke = () =>
    client.users.ask(guest(), 'mutation ($t: String!) { sessionRevoke(refreshToken: $t) { revoked } }', {
      t: session.refreshToken,
    })
  await revoke()
  await eventually(() => expect(gateways[1]!.ended()).toEqual([claimsOf(session).sessionId]))
  const before = await jobs()
  await revoke()
  await client.refresh(session.refreshToken)
  await client.refresh('nonsense')
  expect(await jobs()).toBe(before)
})

test('a gateway that is away is told when it is back, and the others twice, which is harmless', async () => {
  const session = (await client.register()).session!
  const { sessionId } = claimsOf(session)
  gateways[1]!.isUp = false
  await client.users.ask(claimsOf(session), 'mutation { sessionEndAll(exceptCurrent: false) { endedSessionIds } }')
  await eventually(() => expect(gateways[0]!.ended()).toContain(sessionId))
  expect(gateways[1]!.ended()).toEqual([])
  gateways[1]!.isUp = true
  await eventually(() => expect(gateways[1]!.ended()).toEqual([sessionId]), { timeoutMs: 10_000 })
})

test('a thousand sessions that end at once are told in events of five hundred', async () => {
  const session = (await client.register()).session!
  await client.users.sql(`insert into session (user_id, created_at) select $1, now() from generate_series(1, 999)`, [
    claimsOf(session).id,
  ])
  await client.users.ask(claimsOf(session), 'mutation { sessionEndAll(exceptCurrent: false) { endedSessionIds } }')
  await eventually(() => expect(gateways[0]!.ended()).toHaveLength(1_000))
  expect(gateways[0]!.events).toHaveLength(2)
  expect(new Set(gateways[0]!.ended()).size).toBe(1_000)
})
