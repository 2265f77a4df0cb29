import { randomUUID } from 'node:crypto'
import { fromGlobalId } from '@cartograph/global-ids'
import { guest, type SubgraphUnderTest, user } from '@cartograph/test-kit'
import { jwtVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startUsers } from './start-users.ts'

let users: SubgraphUnderTest

beforeAll(async () => {
  users = await startUsers()
})
afterAll(() => users.stop())

const session =
  'session { accessToken refreshToken expiresAt viewer { id email displayName roles } } userErrors { __typename code path }'
const registerMutation = `mutation ($input: UserRegisterInput!) { userRegister(input: $input) { ${session} } }`
const signInMutation = `mutation ($email: String!, $password: String!) { sessionCreate(email: $email, password: $password) { ${session} } }`
const refreshMutation = `mutation ($token: String!) { sessionRefresh(refreshToken: $token) { ${session} } }`

interface Session {
  accessToken: string
  refreshToken: string
  expiresAt: string
  viewer: { id: string; email: string; displayName: string; roles: string[] }
}
type SessionPayload = Record<
  string,
  { session: Session | null; userErrors: { __typename: string; code: string; path: string[] | null }[] }
>

const register = async (email: string, password = 'correct horse') =>
  (await users.ask<SessionPayload>(guest(), registerMutation, { input: { email, password, displayName: 'Ada' } })).data[
    'userRegister'
  ]!
const signIn = async (email: string, password: string) =>
  (await users.ask<SessionPayload>(guest(), signInMutation, { email, password })).data['sessionCreate']!
const refresh = async (token: string) =>
  (await users.ask<SessionPayload>(guest(), refreshMutation, { token })).data['sessionRefresh']!
const everything = () =>
  users.sql(`select (select json_agg(u order by u.id) from user_account u) users, (select json_agg(s order by s.id) from session s) sessions,
    (select count(*)::int from refresh_token) tokens, (select json_agg(a order by a.id) from address a) addresses`)

/** A new account, as the claims under which it asks. */
async function account(): Promise<{ id: string; claims: ReturnType<typeof user> }> {
  const { session: made } = await register(`${randomUUID()}@example.com`)
  const id = fromGlobalId('User', made!.viewer.id)
  return { id, claims: user(id) }
}

describe('registering', () => {
  test('opens an account, signs in, and shows the new user everything of it', async () => {
    const { session: made, userErrors } = await register('  Ada@Example.COM ')
    expect(userErrors).toEqual([])
    expect(made!.viewer).toMatchObject({ email: 'ada@example.com', displayName: 'Ada', roles: ['CUSTOMER'] })
    const [row] = await users.sql<{ password_hash: string }>(
      `select password_hash from user_account where email = 'ada@example.com'`,
    )
    expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  test('refuses an address that has an account, in whatever case, also when two come at once', async () => {
    const before = await everything()
    const taken = await register('ADA@example.com')
    expect(taken).toEqual({
      session: null,
      userErrors: [{ __typename: 'EmailTakenError', code: 'EMAIL_TAKEN', path: ['input', 'email'] }],
    })
    expect(await everything()).toEqual(before)
    const twins = await Promise.all([register('twin@example.com'), register('twin@example.com')])
    expect(twins.filter((outcome) => outcome.session !== null)).toHaveLength(1)
    expect(twins.flatMap((outcome) => outcome.userErrors.map((error) => error.code))).toEqual(['EMAIL_TAKEN'])
  })

  test('names every rule that is broken, and opens nothing', async () => {
    const before = await everything()
    const input = { email: 'nobody', password: 'short', displayName: ' ' }
    const { data } = await users.ask<SessionPayload>(guest(), registerMutation, { input })
    expect(data['userRegister']!.userErrors.map((error) => [error.code, error.path?.join('.')])).toEqual([
      ['INVALID_INPUT', 'input.email'],
      ['INVALID_INPUT', 'input.password'],
      ['INVALID_INPUT', 'input.displayName'],
    ])
    expect(await everything()).toEqual(before)
  })
})

describe('signing in', () => {
  test('gives an access token that the published keys verify, for ten minutes', async () => {
    const { session: made } = await signIn('ada@example.com', 'correct horse')
    const jwks = (await (await fetch(`${users.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet
    expect(jwks.keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']])
    const { payload, protectedHeader } = await jwtVerify(made!.accessToken, createLocalJWKSet(jwks))
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'first', typ: 'at+jwt' })
    expect(payload).toMatchObject({
      iss: 'cartograph:users',
      aud: 'cartograph:gateway',
      sub: made!.viewer.id,
      scope: '',
    })
    expect(payload.exp! - payload.iat!).toBe(600)
    expect(new Date(made!.expiresAt).getTime()).toBe(payload.exp! * 1000 + (new Date(made!.expiresAt).getTime() % 1000))
  })

  test('says the same of a wrong password, an unknown address and an account without a password; and opens nothing', async () => {
    await users.sql(`insert into user_account (email, display_name) values ('no-password@example.com', 'Nobody')`)
    const before = await everything()
    const refusal = {
      session: null,
      userErrors: [{ __typename: 'InvalidCredentialsError', code: 'INVALID_CREDENTIALS', path: null }],
    }
    expect(await signIn('ada@example.com', 'wrong horse')).toEqual(refusal)
    expect(await signIn('nobody@example.com', 'correct horse')).toEqual(refusal)
    expect(await signIn('no-password@example.com', 'a password that nobody has')).toEqual(refusal)
    expect(await signIn('no-password@example.com', '')).toEqual(refusal)
    expect(await everything()).toEqual(before)
  })

  test('keeps no token, only its hash', async () => {
    const { session: made } = await signIn('ada@example.com', 'correct horse')
    const [row] = await users.sql<{ text: string }>('select json_agg(t)::text as text from refresh_token t')
    expect(row!.text).not.toContain(made!.refreshToken)
  })
})

describe('renewing a session', () => {
  test('works once for each token; a second use, when the first is ten seconds old, ends the session for good', async () => {
    const first = (await signIn('ada@example.com', 'correct horse')).session!
    const second = (await refresh(first.refreshToken)).session!
    expect(second.viewer.email).toBe('ada@example.com')
    const refusal = {
      session: null,
      userErrors: [{ __typename: 'InvalidTokenError', code: 'INVALID_TOKEN', path: ['refreshToken'] }],
    }
    await users.sql(`update refresh_token set used_at = used_at - interval '10 seconds'`)
    expect(await refresh(first.refreshToken)).toEqual(refusal)
    expect(await refresh(second.refreshToken)).toEqual(refusal)
  })

  test('refuses an expired, a revoked and an unknown token', async () => {
    const expired = (await signIn('ada@example.com', 'correct horse')).session!
    await users.sql(`update refresh_token set expires_at = now() - interval '1 second' where used_at is null`)
    expect((await refresh(expired.refreshToken)).userErrors.map((error) => error.code)).toEqual(['INVALID_TOKEN'])
    const ended = (await signIn('ada@example.com', 'correct horse')).session!
    const revoke = async () =>
      (
        await users.ask<{ sessionRevoke: { revoked: boolean } }>(
          guest(),
          'mutation ($t: String!) { sessionRevoke(refreshToken: $t) { revoked } }',
          { t: ended.refreshToken },
        )
      ).data.sessionRevoke
    expect(await revoke()).toEqual({ revoked: true })
    expect(await revoke()).toEqual({ revoked: false })
    expect((await refresh(ended.refreshToken)).userErrors.map((error) => error.code)).toEqual(['INVALID_TOKEN'])
    expect((await refresh('nonsense')).userErrors.map((error) => error.code)).toEqual(['INVALID_TOKEN'])
  })
})

describe('addresses', () => {
  const input = { fullName: 'Ada L', line1: '1 Road', city: 'London', postalCode: 'N1', countryCode: 'GB' }
  const save = `mutation ($input: AddressInput!) { addressCreate(input: $input) { address { id city } userErrors { code path } } }`
  type Saved = {
    addressCreate: { address: { id: string; city: string } | null; userErrors: { code: string; path: string[] }[] }
  }
  const addressesOf = async (claims: ReturnType<typeof user>) =>
    (
      await users.ask<{
        viewer: { addresses: { id: string; city: string }[]; defaultAddress: { city: string } | null }
      }>(claims, '{ viewer { addresses { id city } defaultAddress { city } } }')
    ).data.viewer

  test('the first is the default one, another takes its place when asked to, and the oldest when it is removed', async () => {
    const { claims } = await account()
    await users.ask(claims, save, { input })
    const { data } = await users.ask<Saved>(claims, save, { input: { ...input, city: 'Leeds', isDefault: true } })
    expect((await addressesOf(claims)).defaultAddress).toEqual({ city: 'Leeds' })
    const removal = await users.ask(
      claims,
      'mutation ($id: ID!) { addressDelete(addressId: $id) { deletedAddressId userErrors { code } } }',
      { id: data.addressCreate.address!.id },
    )
    expect(removal.data).toEqual({
      addressDelete: { deletedAddressId: data.addressCreate.address!.id, userErrors: [] },
    })
    expect(await addressesOf(claims)).toMatchObject({
      addresses: [{ city: 'London' }],
      defaultAddress: { city: 'London' },
    })
  })

  test('at most 20, also when many are added at once, and one default', async () => {
    const { claims, id } = await account()
    const outcomes = await Promise.all(
      Array.from({ length: 25 }, () => users.ask<Saved>(claims, save, { input: { ...input, isDefault: true } })),
    )
    expect(outcomes.filter(({ data }) => data.addressCreate.address !== null)).toHaveLength(20)
    expect(
      await users.sql(
        'select count(*)::int, count(*) filter (where is_default)::int defaults from address where user_id = $1',
        [id],
      ),
    ).toEqual([{ count: 20, defaults: 1 }])
  })

  test('of somebody else can be neither changed nor removed', async () => {
    const { claims } = await account()
    const { data } = await users.ask<Saved>(claims, save, { input })
    const before = await everything()
    const stranger = (await account()).claims
    const after = await everything()
    const id = data.addressCreate.address!.id
    const update = await users.ask(
      stranger,
      'mutation ($id: ID!, $input: AddressInput!) { addressUpdate(addressId: $id, input: $input) { address { id } userErrors { code } } }',
      { id, input },
    )
    const removal = await users.ask(
      stranger,
      'mutation ($id: ID!) { addressDelete(addressId: $id) { deletedAddressId userErrors { code } } }',
      { id },
    )
    expect(update.data).toEqual({ addressUpdate: { address: null, userErrors: [{ code: 'NOT_FOUND' }] } })
    expect(removal.data).toEqual({ addressDelete: { deletedAddressId: null, userErrors: [{ code: 'NOT_FOUND' }] } })
    expect(await everything()).toEqual(after)
    expect(before).not.toEqual(after)
  })

  test('name every rule they break', async () => {
    const { claims } = await account()
    const { data } = await users.ask<Saved>(claims, save, {
      input: { fullName: '', line1: 'x'.repeat(201), city: ' ', postalCode: '', countryCode: 'gb' },
    })
    expect(data.addressCreate.userErrors.map((error) => error.path.at(-1))).toEqual([
      'fullName',
      'line1',
      'city',
      'postalCode',
      'countryCode',
    ])
  })
})

describe('who sees what', () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id displayName email addresses { city } roles } } }`
  const ownView = { displayName: 'Ada', roles: ['CUSTOMER'], addresses: [] }

  test('an account through _entities: its owner and users:read everything, others the id alone', async () => {
    const { id, claims } = await account()
    const of = [
      {
        __typename: 'User',
        id: (await users.ask<{ viewer: { id: string } }>(claims, '{ viewer { id } }')).data.viewer.id,
      },
    ]
    expect((await users.ask(claims, query, { of })).data).toMatchObject({ _entities: [ownView] })
    expect((await users.ask(user(randomUUID(), ['users:read']), query, { of })).data).toMatchObject({
      _entities: [ownView],
    })
    for (const [viewer, code] of [
      [user(randomUUID()), 'FORBIDDEN'],
      [guest(), 'UNAUTHENTICATED'],
    ] as const) {
      const { data, errors } = await users.ask<{ _entities: object[] }>(viewer, query, { of })
      expect(data._entities).toEqual([{ id: of[0]!.id, displayName: null, email: null, addresses: null, roles: null }])
      expect(errors!.map((error) => error.extensions.code)).toEqual([code, code, code, code])
    }
    expect(id).not.toBe('')
  })

  test('an address through _entities: its owner and users:read, nobody else', async () => {
    const { claims } = await account()
    const { data } = await users.ask<{ addressCreate: { address: { id: string } } }>(
      claims,
      `mutation { addressCreate(input: { fullName: "A", line1: "1", city: "York", postalCode: "Y", countryCode: "GB" }) { address { id } } }`,
    )
    const ask = (viewer: ReturnType<typeof user>) =>
      users.ask<{ _entities: { city: string | null }[] | null }>(
        viewer,
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Address { city } } }',
        {
          of: [{ __typename: 'Address', id: data.addressCreate.address.id }],
        },
      )
    expect((await ask(claims)).data).toEqual({ _entities: [{ city: 'York' }] })
    expect((await ask(user(randomUUID(), ['users:read']))).data).toEqual({ _entities: [{ city: 'York' }] })
    expect((await ask(user(randomUUID()))).data).toEqual({ _entities: [null] })
    expect((await ask(guest())).data).toEqual({ _entities: [null] })
  })

  test('unsigned, nothing', async () => {
    expect((await users.askUnsigned('{ _service { sdl } }')).status).toBe(401)
    expect(
      (
        await users.askUnsigned(
          '{ _entities(representations: [{ __typename: "User", id: "x" }]) { ... on User { id } } }',
        )
      ).status,
    ).toBe(401)
  })

  test('the list of accounts and roles are for those with the scope', async () => {
    const { id, claims } = await account()
    const setRoles =
      'mutation ($id: ID!) { userRolesSet(userId: $id, roles: [WAREHOUSE]) { user { roles } userErrors { code } } }'
    const [row] = await users.sql<{ roles: string }>('select roles::text from user_account where id = $1', [id])
    const globalId = (await users.ask<{ viewer: { id: string } }>(claims, '{ viewer { id } }')).data.viewer.id
    expect((await users.ask(claims, '{ users { totalCount } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await users.ask(claims, setRoles, { id: globalId })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await users.sql<{ roles: string }>('select roles::text from user_account where id = $1', [id]))[0]).toEqual(
      row,
    )
    const admin = user(randomUUID(), ['users:read', 'users:write'])
    expect((await users.ask(admin, setRoles, { id: globalId })).data).toEqual({
      userRolesSet: { user: { roles: ['CUSTOMER', 'WAREHOUSE'] }, userErrors: [] },
    })
  })
})

test('a list of accounts with their addresses executes the same statements for 1 as for 50', async () => {
  await users.sql(
    `insert into user_account (email, display_name) select 'many-' || n || '@example.com', 'Many' from generate_series(1, 60) n`,
  )
  const staff = user(randomUUID(), ['users:read'])
  const list = (first: number) =>
    users.statementsOf(() =>
      users.ask(
        staff,
        `{ users(first: ${first}) { totalCount edges { node { email addresses { city } defaultAddress { city } } } } }`,
      ),
    )
  expect((await list(1)).length).toBe(3)
  expect((await list(50)).length).toBe(3)
})
