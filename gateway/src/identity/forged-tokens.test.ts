import { createHmac, createPublicKey } from 'node:crypto'
import { accessTokenType } from '@cartograph/viewer'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AccessTokens } from './access-tokens.ts'
import { EndedSessions } from './ended-sessions.ts'
import { goodClaims, type IssuerKey, issuerKey, issuerUnderTest, signedBy, userId } from './issuer.test-kit.ts'

const now = Date.UTC(2026, 0, 1)
const invalid = ['UNAUTHENTICATED', 'The access token is not valid.']
const base64url = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

let key: IssuerKey
let issuer: Awaited<ReturnType<typeof issuerUnderTest>>
let ended: EndedSessions
let tokens: AccessTokens
let good: string
beforeAll(async () => {
  key = await issuerKey('k')
  issuer = await issuerUnderTest(key)
  good = await signedBy(key, goodClaims(now))
})
beforeEach(() => {
  ended = new EndedSessions()
  tokens = new AccessTokens(issuer.url, ended)
})
afterAll(() => issuer.stop())

const refusalOf = (token: string, at = now) =>
  tokens.verify(token, at).then(
    () => null,
    (error: { extensions: { code: string; http: object }; message: string }) => {
      expect(error.extensions.http).toEqual({ status: 401 })
      return [error.extensions.code, error.message]
    },
  )
const parts = () => good.split('.') as [string, string, string]

test('the token from which the others differ in one thing is good', async () => {
  expect(await tokens.verify(good, now)).toMatchObject({ userId, scopes: ['users:read'], sessionId: 'session-1' })
})

describe('is refused, also after the genuine token was remembered', () => {
  beforeEach(() => tokens.verify(good, now))

  test('a payload with more scopes under the same signature', async () => {
    const [header, , signature] = parts()
    const richer = base64url({ ...goodClaims(now), scope: 'users:read users:write' })
    expect(await refusalOf(`${header}.${richer}.${signature}`)).toEqual(invalid)
  })

  test('a signature with any one bit changed', async () => {
    const [header, payload, signature] = parts()
    const bytes = Buffer.from(signature, 'base64url')
    for (const position of [0, 31, 32, 63]) {
      const changed = Buffer.from(bytes)
      changed[position]! ^= 1
      expect(await refusalOf(`${header}.${payload}.${changed.toString('base64url')}`)).toEqual(invalid)
    }
    expect(await refusalOf(`${header}.${payload}.`)).toEqual(invalid)
  })

  test('alg none, in whatever case, with and without the signature', async () => {
    const [, payload, signature] = parts()
    for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
      const header = base64url({ alg, kid: 'k', typ: accessTokenType })
      expect(await refusalOf(`${header}.${payload}.`)).toEqual(invalid)
      expect(await refusalOf(`${header}.${payload}.${signature}`)).toEqual(invalid)
    }
  })

  test('HS256 under the public key, as bytes, as JWK and as PEM (RFC 8725, section 2.1)', async () => {
    const [, payload] = parts()
    const header = base64url({ alg: 'HS256', kid: 'k', typ: accessTokenType })
    const pem = createPublicKey({ key: key.publicJwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    for (const secret of [Buffer.from(key.publicJwk.x!, 'base64url'), JSON.stringify(key.publicJwk), pem]) {
      const mac = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url')
      expect(await refusalOf(`${header}.${payload}.${mac}`)).toEqual(invalid)
    }
  })

  test('a token of another type, or of none (RFC 8725, section 3.11)', async () => {
    for (const typ of ['JWT', 'dpop+jwt', undefined]) {
      const header = { alg: 'EdDSA', kid: 'k', ...(typ && { typ }) }
      const token = await new SignJWT(goodClaims(now)).setProtectedHeader(header).sign(key.privateKey)
      expect(await refusalOf(token)).toEqual(invalid)
    }
  })

  test('a key that the token brings along, as jwk, jku or x5u', async () => {
    const other = await issuerKey('k')
    for (const brought of [{ jwk: other.publicJwk }, { jku: 'http://127.0.0.1:9/' }, { x5u: 'http://127.0.0.1:9/' }]) {
      const token = await new SignJWT(goodClaims(now))
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k', typ: accessTokenType, ...brought })
        .sign(other.privateKey)
      expect(await refusalOf(token)).toEqual(invalid)
    }
  })

  test.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'cartograph:carts' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'cartograph:users' }],
    ['no audience', { aud: undefined }],
    ['no subject', { sub: undefined }],
    ['no session', { sid: undefined }],
    ['no scope', { scope: undefined }],
    ['no end', { exp: undefined }],
    ['a beginning that is yet to come', { nbf: now / 1_000 + 1 }],
    ['a subject that is no user', { sub: 'prod_01h78e4vwzfgz9marc3mq3yjjv' }],
  ])('a token with %s', async (_, claims) => {
    expect(await refusalOf(await signedBy(key, { ...goodClaims(now), ...claims }))).toEqual(invalid)
  })
})

test('a token is expired from the second on that it names, whether it is remembered or not', async () => {
  const expired = ['UNAUTHENTICATED', 'The access token has expired.']
  expect(await refusalOf(good, now + 600_000)).toEqual(expired)
  expect(await refusalOf(good, now + 599_999)).toBeNull()
  expect(await refusalOf(good, now + 600_000)).toEqual(expired)
})

test('a token of a session that has ended is refused at once, whether it is remembered or not', async () => {
  const over = ['UNAUTHENTICATED', 'The session has ended.']
  const another = await signedBy(key, { ...goodClaims(now), sid: 'session-2' })
  await tokens.verify(good, now)
  ended.add(['session-1', 'session-3'], now)
  expect(await refusalOf(good)).toEqual(over)
  expect(await refusalOf(await signedBy(key, { ...goodClaims(now), sid: 'session-3' }))).toEqual(over)
  expect(await refusalOf(another)).toBeNull()
  // One that was signed as the session ended has expired by the time that the end is forgotten.
  expect(await refusalOf(good, now + 599_999)).toEqual(over)
})
