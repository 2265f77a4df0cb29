import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { errorCodes, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimsOf, sessionClient } from './session-client.ts'

let client: Awaited<ReturnType<typeof sessionClient>>
beforeAll(async () => {
  client = await sessionClient()
})
afterAll(() => client.users.stop())

const admin = user(randomUUID(), ['users:write', 'users:read'])
const change = (field: 'userDisable' | 'userEnable', id: string, viewer = admin) =>
  client.users.ask<Record<string, { user: { disabledAt: string | null } | null; userErrors: object[] }>>(
    viewer,
    `mutation ($id: ID!) { ${field}(userId: $id) { user { disabledAt } userErrors { code path } } }`,
    { id },
  )
const rejected = { session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] }

test('nobody signs in to a disabled account or refreshes; enabled again, one signs in anew', async () => {
  const session = (await client.register()).session!
  const { id, email } = session.viewer
  const { data } = await change('userDisable', id)
  expect(data['userDisable']).toEqual({ user: { disabledAt: expect.stringMatching(/^\d{4}-/) }, userErrors: [] })
  expect(await client.signIn(email)).toEqual(rejected)
  expect((await client.refresh(session.refreshToken)).userErrors).toEqual([{ code: 'INVALID_TOKEN' }])
  const [row] = await client.users.sql<{ alive: number }>(
    `select count(*) filter (where revoked_at is null)::int as alive from session where user_id = $1`,
    [claimsOf(session).id],
  )
  expect(row).toEqual({ alive: 0 })
  expect((await change('userEnable', id)).data['userEnable']).toEqual({ user: { disabledAt: null }, userErrors: [] })
  expect((await client.refresh(session.refreshToken)).userErrors).toEqual([{ code: 'INVALID_TOKEN' }])
  expect((await client.signIn(email)).userErrors).toEqual([])
})

test('what was so before stays as it was', async () => {
  const { id } = (await client.register()).session!.viewer
  const enabled = await client.users.stored()
  expect((await change('userEnable', id)).data['userEnable']!.userErrors).toEqual([])
  expect(await client.users.stored()).toEqual(enabled)
  await change('userDisable', id)
  const disabled = await client.users.stored()
  expect((await change('userDisable', id)).data['userDisable']!.userErrors).toEqual([])
  expect(await client.users.stored()).toEqual(disabled)
})

test('is refused to those without the scope, for oneself, and for nobody', async () => {
  const session = (await client.register()).session!
  const before = await client.users.stored()
  for (const field of ['userDisable', 'userEnable'] as const) {
    expect(errorCodes(await change(field, session.viewer.id, claimsOf(session)))).toEqual(['FORBIDDEN'])
    expect(errorCodes(await change(field, session.viewer.id, guest()))).toEqual(['UNAUTHENTICATED'])
    expect((await change(field, toGlobalId('User', randomUUID()))).data[field]).toEqual({
      user: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['userId'] }],
    })
  }
  const self = { ...claimsOf(session), scopes: ['users:write'] }
  expect((await change('userDisable', session.viewer.id, self)).data['userDisable']).toEqual({
    user: null,
    userErrors: [{ code: 'INVALID_INPUT', path: ['userId'] }],
  })
  expect(await client.users.stored()).toEqual(before)
})

test('whether an account is disabled is for those who may read accounts', async () => {
  const session = (await client.register()).session!
  const of = [{ __typename: 'User', id: session.viewer.id }]
  const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { disabledAt } } }'
  expect(errorCodes(await client.users.ask(claimsOf(session), query, { of }))).toEqual(['FORBIDDEN'])
  expect((await client.users.ask(admin, query, { of })).data).toEqual({ _entities: [{ disabledAt: null }] })
})
