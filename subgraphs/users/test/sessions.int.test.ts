import { toGlobalId } from '@cartograph/global-ids'
import { errorCodes, guest, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { age, claimsOf, sessionClient, type TestSession, tokensOf } from './session-client.ts'

let client: Awaited<ReturnType<typeof sessionClient>>
beforeAll(async () => {
  client = await sessionClient()
})
afterAll(() => client.users.stop())

const invalid = { session: null, userErrors: [{ code: 'INVALID_TOKEN' }] }
const opened = async () => (await client.register()).session!
const idOf = (session: TestSession) => claimsOf(session).sessionId
const tokens = (session: TestSession) => tokensOf(client.users, idOf(session))
const eventsOf = async (session: TestSession) =>
  (
    await client.users.sql<{ kind: string }>('select kind from security_event where session_id = $1 order by at, id', [
      idOf(session),
    ])
  ).map(({ kind }) => kind)

describe('a refresh token whose answer was lost', () => {
  test('is answered again with another one, and the one that was lost is worth nothing', async () => {
    const first = await opened()
    const lost = (await client.refresh(first.refreshToken)).session!
    const again = (await client.refresh(first.refreshToken)).session!
    expect(again.refreshToken).not.toBe(lost.refreshToken)
    expect(idOf(again)).toBe(idOf(first))
    expect(await tokens(first)).toEqual({ live: 1, used: 1, replaced: 1, ended: false })
    expect((await client.refresh(again.refreshToken)).userErrors).toEqual([])
    expect(await eventsOf(first)).toEqual(['SIGNED_IN'])
  })

  test('whose lost answer somebody else has used is in two hands: the session ends', async () => {
    const first = await opened()
    const second = (await client.refresh(first.refreshToken)).session!
    const third = (await client.refresh(second.refreshToken)).session!
    expect(await client.refresh(first.refreshToken)).toEqual(invalid)
    expect(await client.refresh(third.refreshToken)).toEqual(invalid)
    expect(await tokens(first)).toEqual({ live: 1, used: 2, replaced: 0, ended: true })
    expect(await eventsOf(first)).toEqual(['SIGNED_IN', 'REFRESH_TOKEN_REUSED'])
  })

  test('shown again by whoever has the one that was given up ends the session', async () => {
    const first = await opened()
    const lost = (await client.refresh(first.refreshToken)).session!
    const again = (await client.refresh(first.refreshToken)).session!
    expect(await client.refresh(lost.refreshToken)).toEqual(invalid)
    expect(await client.refresh(again.refreshToken)).toEqual(invalid)
    expect(await tokens(first)).toEqual({ live: 1, used: 1, replaced: 1, ended: true })
  })

  test('is a stolen one after ten seconds, and shown a second time it is recorded no second time', async () => {
    const first = await opened()
    const second = (await client.refresh(first.refreshToken)).session!
    await age(client.users, idOf(first), '10 seconds')
    expect(await client.refresh(first.refreshToken)).toEqual(invalid)
    expect(await client.refresh(second.refreshToken)).toEqual(invalid)
    expect(await client.refresh(first.refreshToken)).toEqual(invalid)
    expect(await eventsOf(first)).toEqual(['SIGNED_IN', 'REFRESH_TOKEN_REUSED'])
  })
})

describe('a session', () => {
  test('lives for 30 days without use', async () => {
    const session = await opened()
    await age(client.users, idOf(session), '29 days 23 hours')
    const next = (await client.refresh(session.refreshToken)).session!
    await age(client.users, idOf(session), '30 days')
    const before = await client.users.stored()
    expect(await client.refresh(next.refreshToken)).toEqual(invalid)
    expect(await client.users.stored()).toEqual(before)
  })

  test('and for 90 days with it', async () => {
    let session = await opened()
    for (let month = 0; month < 4; month += 1) {
      await age(client.users, idOf(session), '22 days')
      session = (await client.refresh(session.refreshToken)).session!
    }
    const [left] = await client.users.sql<{ days: number }>(
      `select round(extract(epoch from max(expires_at) - now()) / 86400)::int as days from refresh_token where session_id = $1`,
      [idOf(session)],
    )
    expect(left).toEqual({ days: 2 })
    await age(client.users, idOf(session), '2 days')
    expect(await client.refresh(session.refreshToken)).toEqual(invalid)
  })

  const sessions = '{ viewer { sessions { id createdAt lastUsedAt current } } }'
  const listed = async (viewer: ViewerClaims) =>
    (await client.users.ask<{ viewer: { sessions: { id: string; current: boolean }[] } }>(viewer, sessions)).data.viewer
      .sessions
  const globalId = (session: TestSession) => toGlobalId('DeviceSession', idOf(session))

  test('is listed for its owner while it can be renewed, the last used first, and says whether it is the current one', async () => {
    const phone = await opened()
    const laptop = (await client.signIn(phone.viewer.email)).session!
    const old = (await client.signIn(phone.viewer.email)).session!
    await age(client.users, idOf(old), '30 days')
    await age(client.users, idOf(laptop), '1 hour')
    expect(await listed(claimsOf(phone))).toMatchObject([
      { id: globalId(phone), current: true },
      { id: globalId(laptop), current: false },
    ])
    await client.refresh(laptop.refreshToken)
    expect((await listed(claimsOf(laptop))).map(({ id, current }) => [id, current])).toEqual([
      [globalId(laptop), true],
      [globalId(phone), false],
    ])
  })

  test('is the current one already in the answer that opens it', async () => {
    const { data } = await client.users.ask<{ userRegister: { session: object } }>(
      guest(),
      `mutation { userRegister(input: { email: "now@example.com", password: "correct horse", displayName: "A" }) {
        session { viewer { sessions { current } } } } }`,
    )
    expect(data.userRegister.session).toEqual({ viewer: { sessions: [{ current: true }] } })
  })

  test('is seen by nobody else, not by those who may read accounts either', async () => {
    const session = await opened()
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { sessions { id } securityEvents { edges { node { id } } } } } }`
    const of = [{ __typename: 'User', id: session.viewer.id }]
    for (const [viewer, code] of [
      [user(undefined, ['users:read', 'users:write', 'audit:read']), 'FORBIDDEN'],
      [guest(), 'UNAUTHENTICATED'],
    ] as const) {
      const answer = await client.users.ask(viewer, query, { of })
      expect(answer.data).toEqual({ _entities: [{ sessions: null, securityEvents: null }] })
      expect(errorCodes(answer)).toEqual([code, code])
    }
  })

  const end = `mutation ($id: ID!) { sessionEnd(sessionId: $id) { endedSessionId userErrors { code path } } }`
  const missing = { sessionEnd: { endedSessionId: null, userErrors: [{ code: 'NOT_FOUND', path: ['sessionId'] }] } }

  test('is ended by its owner from another device, once', async () => {
    const phone = await opened()
    const laptop = (await client.signIn(phone.viewer.email)).session!
    const id = globalId(laptop)
    expect((await client.users.ask(claimsOf(phone), end, { id })).data).toEqual({
      sessionEnd: { endedSessionId: id, userErrors: [] },
    })
    expect((await client.users.ask(claimsOf(phone), end, { id })).data).toEqual(missing)
    expect(await client.refresh(laptop.refreshToken)).toEqual(invalid)
    expect((await client.refresh(phone.refreshToken)).userErrors).toEqual([])
    expect(await eventsOf(laptop)).toEqual(['SIGNED_IN', 'SIGNED_OUT'])
  })

  test('is ended by nobody else', async () => {
    const session = await opened()
    const stranger = await opened()
    const before = await client.users.stored()
    expect((await client.users.ask(claimsOf(stranger), end, { id: globalId(session) })).data).toEqual(missing)
    expect(errorCodes(await client.users.ask(guest(), end, { id: globalId(session) }))).toEqual(['UNAUTHENTICATED'])
    expect(errorCodes(await client.users.ask(claimsOf(session), end, { id: session.viewer.id }))).toEqual([
      'INVALID_ID',
    ])
    expect(await client.users.stored()).toEqual(before)
  })

  test('ends with all others, or is the one that does not', async () => {
    const one = await opened()
    const second = (await client.signIn(one.viewer.email)).session!
    const third = (await client.signIn(one.viewer.email)).session!
    const endAll = (args: string) =>
      client.users.ask<{ sessionEndAll: { endedSessionIds: string[]; userErrors: object[] } }>(
        claimsOf(one),
        `mutation { sessionEndAll${args} { endedSessionIds userErrors { code } } }`,
      )
    const { endedSessionIds, userErrors } = (await endAll('')).data.sessionEndAll
    expect(userErrors).toEqual([])
    expect(endedSessionIds.toSorted()).toEqual([globalId(second), globalId(third)].toSorted())
    expect((await endAll('(exceptCurrent: true)')).data).toEqual({
      sessionEndAll: { endedSessionIds: [], userErrors: [] },
    })
    expect(await listed(claimsOf(one))).toMatchObject([{ id: globalId(one), current: true }])
    expect((await endAll('(exceptCurrent: false)')).data).toEqual({
      sessionEndAll: { endedSessionIds: [globalId(one)], userErrors: [] },
    })
    for (const { refreshToken } of [one, second, third]) expect(await client.refresh(refreshToken)).toEqual(invalid)
    expect(await eventsOf(one)).toEqual(['SIGNED_IN', 'SIGNED_OUT_EVERYWHERE', 'SIGNED_OUT_EVERYWHERE'])
  })
})
