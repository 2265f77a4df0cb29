import { createHash, randomUUID } from 'node:crypto'
import { guest, type SubgraphUnderTest } from '@cartograph/test-kit'
import { parseEnvironment } from '@cartograph/service-runtime'
import { type OpenIdProvider, type Person, startOpenIdProvider } from '@cartograph/test-kit/openid-provider'
import { decodeJwt, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { usersEnvironment } from '../src/env.ts'
import { nobodyListens, startUsers } from './start-users.ts'

const redirectUri = 'http://127.0.0.1:4000/signed-in'
const clientAt = (id: string) => ({
  clientId: `shop-at-${id}`,
  clientSecret: `secret of ${id}`,
  redirectUris: [redirectUri],
})

let one: OpenIdProvider
let two: OpenIdProvider
let users: SubgraphUnderTest

beforeAll(async () => {
  ;[one, two] = await Promise.all([startOpenIdProvider(clientAt('one')), startOpenIdProvider(clientAt('two'))])
  users = await startUsers({
    OIDC_PROVIDERS: JSON.stringify([
      { id: 'one', issuer: one.issuer, ...clientAt('one') },
      { id: 'two', issuer: two.issuer, ...clientAt('two') },
    ]),
  })
})
afterAll(async () => {
  await users.stop()
  await Promise.all([one.stop(), two.stop()])
})
afterEach(() => void (one.tamper = null))

interface Session {
  accessToken: string
  refreshToken: string
  viewer: { id: string; email: string; displayName: string }
}
interface Refusal {
  __typename: string
  code: string
  path: string[] | null
}
interface Started {
  externalSignIn: { authorizationUrl: string; state: string } | null
  userErrors: Refusal[]
}
interface Completed {
  session: Session | null
  userErrors: Refusal[]
}

const begin = async (provider = 'one', uri = redirectUri) =>
  (
    await users.ask<{ start: Started }>(
      guest(),
      `mutation ($provider: String!, $uri: String!) { start: externalSignInStart(provider: $provider, redirectUri: $uri) {
         externalSignIn { authorizationUrl state } userErrors { __typename code path } } }`,
      { provider, uri },
    )
  ).data.start
const complete = async (state: string, callbackUrl: string) =>
  (
    await users.ask<{ complete: Completed }>(
      guest(),
      `mutation ($state: String!, $url: String!) { complete: externalSignInComplete(state: $state, callbackUrl: $url) {
         session { accessToken refreshToken viewer { id email displayName } } userErrors { __typename code path } } }`,
      { state, url: callbackUrl },
    )
  ).data.complete

/** As far as the browser is sent back: it signs in as `person` at a provider, and has the callback yet to open. */
async function comeBack(person: Person, provider = one, change = (url: URL) => url) {
  const { externalSignIn } = await begin(provider === one ? 'one' : 'two')
  const { authorizationUrl, state } = externalSignIn!
  provider.signedIn = person
  const callbackUrl = await provider.visit(change(new URL(authorizationUrl)).href, redirectUri)
  return { state, callbackUrl }
}
async function signIn(person: Person, provider = one) {
  const { state, callbackUrl } = await comeBack(person, provider)
  return complete(state, callbackUrl)
}

const somebody = (changes: Partial<Person> = {}): Person => {
  const sub = randomUUID()
  return { sub, email: `${sub}@Example.com`, email_verified: true, name: 'Ada Lovelace', ...changes }
}
async function register(email: string, verified: boolean): Promise<string> {
  await users.ask(
    guest(),
    `mutation ($input: UserRegisterInput!) { userRegister(input: $input) { userErrors { code } } }`,
    { input: { email, password: 'correct horse battery', displayName: 'Ada' } },
  )
  const [row] = await users.sql<{ id: string }>(
    `update user_account set email_verified_at = case when $2 then now() end where email = $1 returning id`,
    [email.toLowerCase(), verified],
  )
  return row!.id
}
/** All but what was begun: what a refused completion leaves as it was. */
async function kept() {
  const { external_sign_in: _, ...rest } = await users.stored()
  return rest
}
const begun = async () => (await users.stored())['external_sign_in']!
const refusedAs = (code: string) => ({
  session: null,
  userErrors: [{ __typename: 'ExternalSignInError', code, path: null }],
})

describe('signing in at a provider', () => {
  test('opens an account at first, with a verified address and no password, and finds it again by the subject', async () => {
    const person = somebody()
    const first = await signIn(person)
    expect(first.userErrors).toEqual([])
    const email = person.email!.toLowerCase()
    expect(first.session!.viewer).toMatchObject({ email, displayName: 'Ada Lovelace' })
    expect(decodeJwt(first.session!.accessToken).sub).toBe(first.session!.viewer.id)
    const account = () =>
      users.sql(
        `select i.issuer, i.subject, u.password_hash, u.email_verified_at is not null as verified
         from user_account u join external_identity i on i.user_id = u.id where u.email = $1`,
        [email],
      )
    const row = { issuer: one.issuer, subject: person.sub, password_hash: null, verified: true }
    expect(await account()).toEqual([row])

    // An address that changes at the provider is another one's business: the subject says who it is.
    const again = await signIn({ ...person, email: 'elsewhere@example.com', email_verified: false })
    expect(again.session!.viewer).toEqual(first.session!.viewer)
    expect(await account()).toEqual([row])
    expect(await begun()).toEqual([])
  })

  test('keeps no secret of what was begun but what the exchange needs, and shows the provider none of the browser’s', async () => {
    const { externalSignIn } = await begin()
    const { authorizationUrl, state } = externalSignIn!
    const { searchParams: asked } = new URL(authorizationUrl)
    const [row] = await begun()
    expect(asked.get('state')).toMatch(/^[\w-]{43}$/)
    expect(authorizationUrl).not.toContain(state)
    expect((row!['state_hash'] as Buffer).equals(createHash('sha256').update(state).digest())).toBe(true)
    const challenge = createHash('sha256').update(String(row!['code_verifier'])).digest('base64url')
    expect(Object.fromEntries(asked)).toEqual({
      client_id: 'shop-at-one',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      state: asked.get('state'),
      nonce: row!['nonce'],
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    await users.sql('delete from external_sign_in')
  })

  test('is linked to the account with the address when both have verified it', async () => {
    const person = somebody()
    const id = await register(person.email!, true)
    const { session, userErrors } = await signIn(person)
    expect(userErrors).toEqual([])
    expect(session!.viewer.displayName).toBe('Ada')
    expect(await users.sql('select user_id from external_identity where subject = $1', [person.sub])).toEqual([
      { user_id: id },
    ])
    // The same person at another provider is the same account.
    expect((await signIn({ ...somebody(), email: person.email! }, two)).session!.viewer).toEqual(session!.viewer)
  })

  test.each<[string, string, Partial<Person>, boolean | null]>([
    ['an account has not verified the address', 'EXTERNAL_ACCOUNT_EXISTS', {}, false],
    ['the provider has not verified it', 'EXTERNAL_EMAIL_UNVERIFIED', { email_verified: false }, true],
    ['neither has', 'EXTERNAL_EMAIL_UNVERIFIED', { email_verified: false }, false],
    [
      'the provider has not verified it, and it is new here',
      'EXTERNAL_EMAIL_UNVERIFIED',
      { email_verified: false },
      null,
    ],
    ['it is no address', 'EXTERNAL_EMAIL_UNVERIFIED', { email: 'nobody' }, null],
  ])('when %s is refused with %s: no account, no link, no session', async (_, code, changes, verified) => {
    const person = somebody(changes)
    if (verified !== null) await register(person.email!, verified)
    const before = await kept()
    expect(await signIn(person)).toEqual(refusedAs(code))
    expect(await kept()).toEqual(before)
  })

  test('twice at once for the first time gives one account', async () => {
    const person = somebody()
    const [first, second] = [await comeBack(person), await comeBack(person)]
    const outcomes = await Promise.all([first, second].map(({ state, callbackUrl }) => complete(state, callbackUrl)))
    expect(outcomes.map(({ userErrors }) => userErrors)).toEqual([[], []])
    expect(outcomes[1]!.session!.viewer).toEqual(outcomes[0]!.session!.viewer)
    expect(await users.sql('select 1 from external_identity where subject = $1', [person.sub])).toHaveLength(1)
  })
})

describe('a callback', () => {
  const failed = refusedAs('EXTERNAL_SIGN_IN_FAILED')

  /** Opens what comes back as it is after `change`; expects it to be refused, and used up. */
  async function expectRefused(
    change: (back: { state: string; callbackUrl: string }) => [state: string, url: string] | Promise<[string, string]>,
    changeRequest?: (url: URL) => URL,
  ) {
    const back = await comeBack(somebody(), one, changeRequest)
    const [state, url] = await change(back)
    const before = await kept()
    expect(await complete(state, url)).toEqual(failed)
    expect(await kept()).toEqual(before)
    return back
  }
  const withParameter = (url: string, name: string, value: string | null) => {
    const changed = new URL(url)
    if (value === null) changed.searchParams.delete(name)
    else changed.searchParams.set(name, value)
    return changed.href
  }
  const parameter = (url: string, name: string) => new URL(url).searchParams.get(name)!

  test('works once: replayed it is refused, and of two at once one works', async () => {
    const back = await comeBack(somebody())
    const outcomes = await Promise.all([complete(back.state, back.callbackUrl), complete(back.state, back.callbackUrl)])
    expect(outcomes.filter(({ session }) => session)).toHaveLength(1)
    expect(outcomes.filter(({ session }) => !session)).toEqual([failed])
    const before = await kept()
    expect(await complete(back.state, back.callbackUrl)).toEqual(failed)
    expect(await kept()).toEqual(before)
  })

  test('in another browser, which keeps another state or none, is refused', async () => {
    const other = await comeBack(somebody())
    await expectRefused(({ callbackUrl }) => [other.state, callbackUrl])
    await expectRefused(({ callbackUrl }) => ['', callbackUrl])
    await expectRefused(({ callbackUrl }) => [parameter(callbackUrl, 'state'), callbackUrl])
  })

  test('after ten minutes is refused', async () => {
    await users.sql('delete from external_sign_in')
    await expectRefused(async ({ state, callbackUrl }) => {
      await users.sql(`update external_sign_in set expires_at = now()`)
      return [state, callbackUrl]
    })
    expect(await begun()).toEqual([])
  })

  test.each(['state', 'iss', 'code'])('with another %s, or none, is refused', async (name) => {
    await expectRefused(({ state, callbackUrl }) => [state, withParameter(callbackUrl, name, 'A'.repeat(43))])
    await expectRefused(({ state, callbackUrl }) => [state, withParameter(callbackUrl, name, null)])
  })

  test('at another path is refused, and one that is no URL is not even looked for', async () => {
    await expectRefused(({ state, callbackUrl }) => [state, callbackUrl.replace('/signed-in', '/elsewhere')])
    const { state, callbackUrl } = await comeBack(somebody())
    expect((await complete(state, 'nowhere')).userErrors).toEqual([
      { __typename: 'ValidationError', code: 'INVALID_INPUT', path: ['callbackUrl'] },
    ])
    expect((await complete(state, callbackUrl)).userErrors).toEqual([])
  })

  test('from another issuer than the one that was asked is refused, whichever it says it is', async () => {
    const person = somebody()
    const stranger = await comeBack(person, two)
    const code = parameter(stranger.callbackUrl, 'code')
    await expectRefused(({ state, callbackUrl }) => [
      state,
      withParameter(withParameter(callbackUrl, 'code', code), 'iss', two.issuer),
    ])
    await expectRefused(({ state, callbackUrl }) => [state, withParameter(callbackUrl, 'code', code)])
  })

  test('whose id_token has another nonce is refused', async () => {
    await expectRefused(
      ({ state, callbackUrl }) => [state, callbackUrl],
      (url) => (url.searchParams.set('nonce', 'of-another-sign-in'), url),
    )
  })

  test('of a code that was asked for with another PKCE challenge is refused', async () => {
    await expectRefused(
      ({ state, callbackUrl }) => [state, callbackUrl],
      (url) => (url.searchParams.set('code_challenge', 'A'.repeat(43)), url),
    )
  })

  const forge = (change: (claims: JWTPayload) => JWTPayload) => async (answer: { id_token: string }) => {
    const { privateKey } = await generateKeyPair('RS256')
    const forged = new SignJWT(change(decodeJwt(answer.id_token))).setProtectedHeader({ alg: 'RS256' })
    return { ...answer, id_token: await forged.sign(privateKey) }
  }
  test('with an id_token that the provider has not signed is refused, whatever is in it', async () => {
    for (const change of [
      (claims: JWTPayload) => claims,
      (claims: JWTPayload) => ({ ...claims, sub: 'somebody-else' }),
      (claims: JWTPayload) => ({ ...claims, iss: two.issuer }),
    ]) {
      one.tamper = forge(change)
      await expectRefused(({ state, callbackUrl }) => [state, callbackUrl])
    }
  })
  test('with an unsigned id_token, a damaged one or none is refused', async () => {
    for (const tamper of [
      (token: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]!}.`,
      (token: string) => `${token.slice(0, -8)}AAAAAAAA`,
      () => undefined,
    ]) {
      one.tamper = async (answer) => ({ ...answer, id_token: tamper(answer.id_token)! })
      await expectRefused(({ state, callbackUrl }) => [state, callbackUrl])
    }
  })
})

describe('beginning', () => {
  test.each([
    ['three', redirectUri, 'provider'],
    ['', redirectUri, 'provider'],
    ['one', 'https://stranger.example/signed-in', 'redirectUri'],
    ['one', `${redirectUri}/`, 'redirectUri'],
    ['one', `${redirectUri}?next=1`, 'redirectUri'],
    ['one', 'http://localhost:4000/signed-in', 'redirectUri'],
  ])('at provider %j with redirect URI %s is refused for its %s; nothing is written', async (provider, uri, path) => {
    const before = await users.stored()
    expect(await begin(provider, uri)).toEqual({
      externalSignIn: null,
      userErrors: [{ __typename: 'ValidationError', code: 'INVALID_INPUT', path: [path] }],
    })
    expect(await users.stored()).toEqual(before)
  })

  test('removes what was begun and never completed', async () => {
    await begin()
    await users.sql('update external_sign_in set expires_at = now()')
    await begin()
    expect(await begun()).toHaveLength(1)
  })

  test('and completing at a provider that is down is refused; nothing is written, and once it is back it works', async () => {
    const down = await startOpenIdProvider(clientAt('down'))
    const others = users
    users = await startUsers({
      OIDC_PROVIDERS: JSON.stringify([
        { id: 'one', issuer: one.issuer, ...clientAt('one') },
        { id: 'down', issuer: down.issuer, ...clientAt('down') },
      ]),
    })
    try {
      const { externalSignIn } = await begin('down')
      down.signedIn = somebody()
      const callbackUrl = await down.visit(externalSignIn!.authorizationUrl, redirectUri)
      await down.stop()
      const before = await kept()
      expect(await complete(externalSignIn!.state, callbackUrl)).toEqual(refusedAs('EXTERNAL_PROVIDER_UNAVAILABLE'))
      expect(await kept()).toEqual(before)
      expect(await begun()).toEqual([])
      expect((await signIn(somebody())).userErrors).toEqual([])
    } finally {
      await users.stop()
      users = others
    }
  })

  test('at a provider that nobody has reached yet is refused; nothing is written', async () => {
    const others = users
    users = await startUsers({
      OIDC_PROVIDERS: JSON.stringify([{ id: 'down', issuer: 'http://127.0.0.1:9', ...clientAt('down') }]),
    })
    try {
      const before = await users.stored()
      const unavailable = { __typename: 'ExternalSignInError', code: 'EXTERNAL_PROVIDER_UNAVAILABLE', path: null }
      expect(await begin('down')).toEqual({ externalSignIn: null, userErrors: [unavailable] })
      expect(await users.stored()).toEqual(before)
    } finally {
      await users.stop()
      users = others
    }
  })
})

describe('OIDC_PROVIDERS', () => {
  const key = { kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'd', kid: 'k' }
  const parse = (providers: unknown, environment = 'production') =>
    parseEnvironment(usersEnvironment, {
      NODE_ENV: environment,
      PORT: '0',
      DATABASE_URL: 'postgresql://localhost/users',
      SIGNING_SECRETS: 'a secret of at least thirty-two characters',
      ACCESS_TOKEN_KEYS: JSON.stringify([key]),
      ...nobodyListens,
      SMTP_URL: 'smtp://mail.example',
      STORE_URL: 'https://shop.example/',
      OIDC_PROVIDERS: typeof providers === 'string' ? providers : JSON.stringify(providers),
    }).OIDC_PROVIDERS
  const good = {
    id: 'one',
    issuer: 'https://one.example',
    clientId: 'shop',
    clientSecret: 'secret',
    redirectUris: ['https://shop.example/signed-in'],
  }

  test('is a list, empty where nothing is said; https is required in production alone', () => {
    expect(parse([good])).toEqual([good])
    expect(parse('[]')).toEqual([])
    for (const plain of [{ issuer: 'http://one.example' }, { redirectUris: ['http://shop.example/signed-in'] }]) {
      expect(() => parse([{ ...good, ...plain }])).toThrow('OIDC_PROVIDERS: has an http:// URL')
      expect(parse([{ ...good, ...plain }], 'development')).toHaveLength(1)
    }
  })

  test.each<[string, unknown]>([
    ['no JSON', '{'],
    ['no list', good],
    ['two of one id', [good, good]],
    ['no secret', [{ ...good, clientSecret: '' }]],
    ['no redirect URI', [{ ...good, redirectUris: [] }]],
    ['a redirect URI with a query', [{ ...good, redirectUris: ['https://shop.example/?a=1'] }]],
    ['a redirect URI that a browser would write otherwise', [{ ...good, redirectUris: ['https://shop.example'] }]],
    ['an issuer of another scheme', [{ ...good, issuer: 'ftp://one.example' }]],
    ['something unknown', [{ ...good, scope: 'openid' }]],
  ])('with %s is refused', (_, providers) => {
    expect(() => parse(providers)).toThrow('OIDC_PROVIDERS')
  })
})
