import { decodeJwt, decodeProtectedHeader, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { Browser, type BrowserAnswer, type Sent } from '../src/browser.ts'
import { ask, customerOf, signIn } from '../src/shop-client.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { rowsOf } from '../src/sql.ts'

const password = 'cartograph-demo'
const access = '__Host-cartograph-access'
const refreshCookie = '__Host-cartograph-refresh'
const csrfCookie = '__Host-cartograph-csrf'

let shop: SmallShop<'print'>
let ownOrigin: string
beforeAll(async () => {
  const environment = { PLAIN_HTTP_COOKIES: 'false' }
  shop = await startSmallShop({ print: { title: 'Print', price: 1_000, stock: 10 } }, { environment })
  ownOrigin = new URL(shop.url).origin
})
afterAll(() => shop[Symbol.asyncDispose]())

const stored = () =>
  rowsOf(
    shop.postgres.superuserUrl('postgres'),
    'users',
    `select (select json_agg(u order by u.id) from user_account u) as users,
       (select json_agg(s order by s.id) from session s) as sessions,
       (select json_agg(r order by r.hash) from refresh_token r) as tokens`,
  )

async function signedIn(email = 'ada@example.com'): Promise<Browser> {
  const browser = new Browser(shop.url)
  const { status, json } = await browser.post('/session', { email, password })
  expect({ status, userErrors: json.userErrors }).toEqual({ status: 200, userErrors: [] })
  return browser
}

const proof = (browser: Browser) => ({ 'csrf-token': browser.csrfToken() })
const viewerQuery = { query: '{ viewer { email } }' }
const guestQuery = { query: '{ viewer { displayName } }' }
const emailOf = ({ json }: BrowserAnswer) => json.data.viewer?.email as string | undefined
const outcome = ({ status, json }: BrowserAnswer) => ({
  status,
  codes: (json.errors as { extensions: { code: string } }[] | undefined)?.map(({ extensions }) => extensions.code),
})
const refused = { status: 403, codes: ['CSRF_REFUSED'] }

describe('signing in', () => {
  test('sets three cookies, of which scripts can read only the CSRF token; no token is in the body', async () => {
    const browser = new Browser(shop.url)
    const { json, text, setCookies } = await browser.post('/session', { email: 'ada@example.com', password })
    const [accessToken, refresh, csrf] = [access, refreshCookie, csrfCookie].map((name) => browser.cookies.get(name)!)
    expect(setCookies).toEqual([
      `${access}=${accessToken}; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax`,
      `${refreshCookie}=${refresh}; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax`,
      `${csrfCookie}=${csrf}; Max-Age=2592000; Path=/; Secure; SameSite=Lax`,
    ])
    const payload = decodeJwt(accessToken!)
    expect(refresh).toMatch(new RegExp(`^${payload['sid'] as string}\\.[\\w-]{43}$`))
    expect(csrf).toMatch(/^[\w-]{43}\.[\w-]{43}$/)

    const ada = { id: payload.sub, displayName: 'Ada Lovelace' }
    const expiresAt = new Date(payload.exp! * 1000).toISOString()
    expect(json).toEqual({
      session: { csrfToken: csrf, expiresAt: expect.stringContaining(expiresAt.slice(0, 19)), viewer: ada },
      userErrors: [],
    })
    for (const secret of [accessToken!, accessToken!.split('.')[2]!, refresh!.split('.')[1]!])
      expect(text).not.toContain(secret)
  })

  test('over plain http, which development has to ask for, the cookies have neither prefix nor Secure', async () => {
    const { url, dataset } = inject('sharedShop')
    const browser = new Browser(url)
    const { setCookies } = await browser.post('/session', { email: customerOf[dataset], password })
    expect(setCookies.map((header) => header.replace(/=[^;]+/, ''))).toEqual([
      'cartograph-access; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax',
      'cartograph-refresh; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax',
      'cartograph-csrf; Max-Age=2592000; Path=/; SameSite=Lax',
    ])
    expect(emailOf(await browser.post('/graphql', viewerQuery, proof(browser)))).toBe(customerOf[dataset])
  })

  test('with a wrong password is refused as sessionCreate refuses it; no cookie is set and nothing is written', async () => {
    const before = await stored()
    const browser = new Browser(shop.url)
    const answer = await browser.post('/session', { email: 'ada@example.com', password: 'wrong' })
    expect(answer).toMatchObject({ status: 200, setCookies: [] })
    expect(answer.json).toEqual({
      session: null,
      userErrors: [
        {
          code: 'INVALID_CREDENTIALS',
          message: 'The e-mail address and the password do not belong together.',
          path: null,
        },
      ],
    })
    expect(await stored()).toEqual(before)
  })

  test('tried too often is told when the next try is worth while', async () => {
    const guess = () => new Browser(shop.url).post('/session', { email: 'guessed@example.com', password: 'wrong' })
    const answers = await Promise.all(Array.from({ length: 8 }, guess))
    const tooMany = answers.filter(({ json }) => json.userErrors[0].code === 'TOO_MANY_ATTEMPTS')
    expect(tooMany.length).toBeGreaterThanOrEqual(1)
    for (const { status, setCookies, json } of tooMany) {
      // The wait doubles with each try that was let through meanwhile.
      const { retryAfterSeconds } = json.userErrors[0]
      expect([1, 2, 4]).toContain(retryAfterSeconds)
      const message = `That was tried too often. Try again in ${retryAfterSeconds} s.`
      expect({ status, setCookies, json }).toEqual({
        status: 200,
        setCookies: [],
        json: { session: null, userErrors: [{ code: 'TOO_MANY_ATTEMPTS', message, path: null, retryAfterSeconds }] },
      })
    }
  })

  test.each<[string, Sent, string]>([
    ['no body', { headers: { 'content-type': 'application/json' } }, 'BAD_REQUEST'],
    ['no JSON', { headers: { 'content-type': 'application/json' }, body: '{' }, 'BAD_REQUEST'],
    ['no password', { headers: { 'content-type': 'application/json' }, body: '{"email":"a"}' }, 'BAD_USER_INPUT'],
    [
      'no text',
      { headers: { 'content-type': 'application/json' }, body: '{"email":1,"password":2}' },
      'BAD_USER_INPUT',
    ],
    ['a list', { headers: { 'content-type': 'application/json' }, body: '[]' }, 'BAD_USER_INPUT'],
    [
      'what no text may hold',
      { headers: { 'content-type': 'application/json' }, body: '{"email":"a\\u0000","password":"b"}' },
      'BAD_USER_INPUT',
    ],
  ])('with %s in the request is 400', async (_, sent, code) => {
    const before = await stored()
    const answer = await new Browser(shop.url).send('/session', sent)
    expect(outcome(answer)).toEqual({ status: 400, codes: [code] })
    expect(answer.setCookies).toEqual([])
    expect(await stored()).toEqual(before)
  })

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'by a form, %s, is refused: by where it comes from, and where a browser does not say so by its type',
    async (type) => {
      const before = await stored()
      const body = `{"email":"ada@example.com","password":"${password}"}`
      const form = (headers: Record<string, string>) =>
        new Browser(shop.url).send('/session', { body, headers: { 'content-type': type, ...headers } })
      expect(outcome(await form({ origin: 'https://stranger.example' }))).toEqual(refused)
      expect(outcome(await form({}))).toEqual({ status: 415, codes: ['BAD_REQUEST'] })
      expect(await stored()).toEqual(before)
    },
  )

  test('gives a cookie that a stranger had set before no worth: the session, and its proof, are other ones', async () => {
    const stranger = await signedIn('bob@example.com')
    const victim = stranger.copy()
    await victim.post('/session', { email: 'ada@example.com', password })
    for (const name of [access, refreshCookie, csrfCookie])
      expect(victim.cookies.get(name)).not.toBe(stranger.cookies.get(name))
    expect(emailOf(await victim.post('/graphql', viewerQuery, proof(victim)))).toBe('ada@example.com')
    expect(emailOf(await stranger.post('/graphql', viewerQuery, proof(stranger)))).toBe('bob@example.com')
    expect(outcome(await victim.post('/graphql', viewerQuery, proof(stranger)))).toEqual(refused)

    const planted = new Browser(shop.url)
    planted.cookies.set(access, 'chosen-by-a-stranger')
    planted.cookies.set(refreshCookie, 'chosen.by-a-stranger')
    await planted.post('/session', { email: 'ada@example.com', password })
    expect([...planted.cookies.values()].filter((value) => value.includes('chosen'))).toEqual([])
  })
})

describe('asking with the cookies', () => {
  const rename = { query: 'mutation { viewerUpdate(input: { displayName: "Forged" }) { viewer { id } } }' }
  let ada: Browser
  beforeAll(async () => void (ada = await signedIn()))

  test('and the proof is asking as who signed in; a page of ours may also say where it is', async () => {
    const own = { ...proof(ada), origin: ownOrigin, 'sec-fetch-site': 'same-origin' }
    for (const headers of [proof(ada), own])
      expect(emailOf(await ada.post('/graphql', viewerQuery, headers))).toBe('ada@example.com')
  })

  const random = 'A'.repeat(43)
  test.each<[string, (own: string, other: string) => Record<string, string>]>([
    ['no CSRF token', () => ({})],
    ['an empty one', () => ({ 'csrf-token': '' })],
    ['a forged one', () => ({ 'csrf-token': `${random}.${random}` })],
    ['one with another random value', (own) => ({ 'csrf-token': `${own.split('.')[0]!}.${random}` })],
    ['that of another session', (_, other) => ({ 'csrf-token': other })],
    ['the origin of a stranger', (own) => ({ 'csrf-token': own, origin: 'https://stranger.example' })],
    ['an origin that is hidden', (own) => ({ 'csrf-token': own, origin: 'null' })],
    ['a cross-site request', (own) => ({ 'csrf-token': own, 'sec-fetch-site': 'cross-site' })],
    ['a request of a sibling host', (own) => ({ 'csrf-token': own, 'sec-fetch-site': 'same-site' })],
    ['a request that no page made', (own) => ({ 'csrf-token': own, 'sec-fetch-site': 'none' })],
  ])('with %s is refused, and executes nothing', async (_, headers) => {
    const bob = await signedIn('bob@example.com')
    const before = await stored()
    const answer = await ada.post('/graphql', rename, headers(ada.csrfToken(), bob.csrfToken()))
    expect(outcome(answer)).toEqual(refused)
    expect(await stored()).toEqual(before)
  })

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
    'by a form, %s, is refused before its body is read',
    async (type) => {
      const before = await stored()
      const body = JSON.stringify(rename)
      expect(outcome(await ada.send('/graphql', { body, headers: { 'content-type': type } }))).toEqual(refused)
      expect(await stored()).toEqual(before)
    },
  )

  test('by GET is refused, also with the proof; the playground opens all the same', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ viewer { email } }')}`
    const headers = { ...proof(ada), 'apollo-require-preflight': 'true', accept: 'application/json' }
    expect(outcome(await ada.send(path, { method: 'GET', headers }))).toEqual(refused)
    const page = await ada.send('/graphql', { method: 'GET', headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(page.text).toContain('<!doctype html>')
  })

  test('and an authorization header is asking by the header alone, as the playground does', async () => {
    const bob = await signIn(shop.url, 'bob@example.com')
    expect(emailOf(await ada.post('/graphql', viewerQuery, bob))).toBe('bob@example.com')
    const nonsense = await ada.post('/graphql', viewerQuery, { ...proof(ada), authorization: 'Bearer abc' })
    expect(outcome(nonsense)).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] })
  })

  test('of nobody is asking as a guest, without any proof', async () => {
    expect((await new Browser(shop.url).post('/graphql', guestQuery)).json).toEqual({ data: { viewer: null } })
  })

  test('and a forged access token is 401; nobody with a bad token is a guest', async () => {
    const forged = ada.copy()
    forged.cookies.delete(refreshCookie)
    forged.cookies.set(access, `${ada.cookies.get(access)!.slice(0, -3)}AAA`)
    expect(outcome(await forged.post('/graphql', viewerQuery, proof(ada)))).toEqual({
      status: 401,
      codes: ['UNAUTHENTICATED'],
    })
  })
})

describe('refreshing', () => {
  const needed = { status: 401, codes: ['SESSION_REFRESH_NEEDED'] }
  const refresh = (browser: Browser, headers = proof(browser)) => browser.post('/session/refresh', {}, headers)
  const valuesOf = (browser: Browser) => [access, refreshCookie].map((name) => browser.cookies.get(name))

  /** What the access cookie holds once ten minutes have gone by. */
  async function expire(browser: Browser): Promise<void> {
    const key = await importJWK({ ...shop.secrets.accessTokenKey }, 'EdDSA')
    const token = browser.cookies.get(access)!
    const header = decodeProtectedHeader(token)
    const payload = decodeJwt(token)
    const expired = new SignJWT({ ...payload, iat: payload.iat! - 3_600, exp: payload.exp! - 3_600 })
    browser.cookies.set(access, await expired.setProtectedHeader({ ...header, alg: 'EdDSA' }).sign(key))
  }

  test('is what an expired access cookie is told to do; then the request is answered', async () => {
    const browser = await signedIn()
    await expire(browser)
    expect(outcome(await browser.post('/graphql', viewerQuery, proof(browser)))).toEqual(needed)
    const before = valuesOf(browser)
    const oldProof = proof(browser)
    const { json, text, setCookies } = await refresh(browser)
    expect(json).toEqual({
      session: { csrfToken: browser.csrfToken(), expiresAt: expect.any(String), viewer: expect.any(Object) },
      userErrors: [],
    })
    expect(setCookies).toHaveLength(3)
    const after = valuesOf(browser)
    for (const [index, value] of after.entries()) {
      expect(value).not.toBe(before[index])
      expect(text).not.toContain(value!.split('.').at(-1)!)
    }
    // A tab that knows only the proof from before the refresh goes on with it: the session is the same.
    for (const headers of [proof(browser), oldProof])
      expect(emailOf(await browser.post('/graphql', viewerQuery, headers))).toBe('ada@example.com')
  })

  test('is what a lost access cookie is told to do too, with proof; without a refresh cookie there is nothing to do', async () => {
    const browser = await signedIn()
    const without = browser.copy()
    browser.cookies.delete(access)
    expect(outcome(await browser.post('/graphql', viewerQuery))).toEqual(refused)
    expect(outcome(await browser.post('/graphql', viewerQuery, proof(browser)))).toEqual(needed)
    await expire(without)
    without.cookies.delete(refreshCookie)
    expect(outcome(await without.post('/graphql', viewerQuery, proof(without)))).toEqual({
      status: 401,
      codes: ['UNAUTHENTICATED'],
    })
    expect(outcome(await refresh(without))).toEqual({ status: 401, codes: ['UNAUTHENTICATED'] })
  })

  test('by two tabs at once, and by a late third, is one refresh: they agree, and the session lives', async () => {
    const browser = await signedIn()
    const tabs = [browser.copy(), browser.copy(), browser.copy()]
    const tokens = async () => ((await stored())[0] as { tokens: unknown[] }).tokens.length
    const before = await tokens()
    const answers = await Promise.all([refresh(tabs[0]!), refresh(tabs[1]!)])
    answers.push(await refresh(tabs[2]!))
    expect(answers.map(({ json }) => json.userErrors as unknown)).toEqual([[], [], []])
    expect(await tokens()).toBe(before + 1)
    expect(valuesOf(tabs[1]!)).toEqual(valuesOf(tabs[0]!))
    expect(valuesOf(tabs[2]!)).toEqual(valuesOf(tabs[0]!))
    for (const tab of tabs) expect(emailOf(await tab.post('/graphql', viewerQuery, proof(tab)))).toBe('ada@example.com')
    expect((await refresh(tabs[1]!)).json.userErrors).toEqual([])
  })

  test('and signing out without proof, or with that of another session, is refused, and uses nothing up', async () => {
    const [browser, other] = [await signedIn(), await signedIn()]
    const before = await stored()
    for (const path of ['/session/refresh', '/session/end']) {
      for (const headers of [
        {},
        proof(other),
        { 'csrf-token': 'x' },
        { ...proof(browser), origin: 'https://stranger.example' },
        { ...proof(browser), 'sec-fetch-site': 'cross-site' },
      ]) {
        const answer = await browser.copy().post(path, {}, headers)
        expect(outcome(answer)).toEqual(refused)
        expect(answer.setCookies).toEqual([])
      }
    }
    expect(await stored()).toEqual(before)
    expect((await refresh(browser)).json.userErrors).toEqual([])
  })
})

describe('signing out', () => {
  const gone = [
    `${access}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`,
    `${refreshCookie}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`,
    `${csrfCookie}=; Max-Age=0; Path=/; Secure; SameSite=Lax`,
  ]

  test('ends the session and takes the cookies away; whoever kept them cannot refresh, even right after one', async () => {
    const browser = await signedIn()
    const kept = browser.copy()
    await browser.post('/session/refresh', {}, proof(browser))
    const renewed = browser.copy()
    const { status, json, setCookies } = await browser.post('/session/end', {}, proof(browser))
    expect({ status, json, setCookies }).toEqual({ status: 200, json: { revoked: true }, setCookies: gone })
    expect([...browser.cookies]).toEqual([])
    expect((await browser.post('/graphql', guestQuery)).json).toEqual({ data: { viewer: null } })

    for (const thief of [kept, renewed]) {
      const answer = await thief.post('/session/refresh', {}, proof(thief))
      expect(answer.json).toMatchObject({ session: null, userErrors: [{ code: 'INVALID_TOKEN' }] })
      expect(answer.setCookies).toEqual(gone)
    }
    expect((await browser.post('/session/end', {})).json).toEqual({ revoked: false })
  })
})

test('without users there is 503, and nobody is signed in or out', async () => {
  const browser = await signedIn()
  const before = await stored()
  await shop.stopService('users')
  const unavailable = { status: 503, codes: ['SUBGRAPH_UNAVAILABLE'] }
  const answers = [
    await new Browser(shop.url).post('/session', { email: 'ada@example.com', password }),
    await browser.post('/session/refresh', {}, proof(browser)),
    await browser.post('/session/end', {}, proof(browser)),
  ]
  for (const answer of answers) {
    expect(outcome(answer)).toEqual(unavailable)
    expect(answer.setCookies).toEqual([])
  }
  expect(await stored()).toEqual(before)
  await shop.restartService('users')
  expect((await browser.post('/session/refresh', {}, proof(browser))).json.userErrors).toEqual([])
})

test('a page of ours that asks for more than it may is refused by permissions, and not by the cookies', async () => {
  const browser = await signedIn()
  const { status, json } = await browser.post('/graphql', { query: '{ users { totalCount } }' }, proof(browser))
  expect({ status, codes: json.errors[0].extensions.code }).toEqual({ status: 200, codes: 'FORBIDDEN' })
  expect((await ask(shop.url, '{ users { totalCount } }', {}, shop.staff)).errors).toBeUndefined()
})
