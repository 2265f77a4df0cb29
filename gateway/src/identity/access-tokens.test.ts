import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { toGlobalId } from '@cartograph/global-ids'
import { accessTokenAudience, accessTokenIssuer, accessTokenType } from '@cartograph/viewer'
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AccessTokens } from './access-tokens.ts'
import { EndedSessions } from './ended-sessions.ts'

const now = Date.UTC(2026, 0, 1)
const userId = '0189d0e2-6f9f-7c3e-9a2b-0c1d2e3f4a5b'

let users: Server
let url: string
let privateKey: CryptoKey
let jwksRequests: number
let tokens: AccessTokens
let ended: EndedSessions

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { extractable: true })
  privateKey = pair.privateKey
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'EdDSA', use: 'sig' }
  users = createServer((_request, response) => {
    jwksRequests += 1
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }))
  }).listen(0, '127.0.0.1')
  await once(users, 'listening')
  url = `http://127.0.0.1:${(users.address() as AddressInfo).port}/graphql`
})
beforeEach(() => {
  jwksRequests = 0
  ended = new EndedSessions()
  tokens = new AccessTokens(url, ended)
})
afterAll(() => users.close())

interface Claims {
  subject?: string
  scope?: string
  issuer?: string
  audience?: string
  from?: number
  until?: number
  kid?: string
  typ?: string
}

function sign(
  {
    subject = toGlobalId('User', userId),
    scope = 'users:read orders:read',
    issuer = accessTokenIssuer,
    audience = accessTokenAudience,
    from = now,
    until = now + 600_000,
    kid = 'k',
    typ = accessTokenType,
  }: Claims,
  key = privateKey,
) {
  return new SignJWT({ scope, sid: 's' })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ })
    .setSubject(subject)
    .setIssuer(issuer)
    .setAudience(audience)
    .setNotBefore(new Date(from))
    .setExpirationTime(new Date(until))
    .sign(key)
}

const refusalOf = async (token: string, at = now) =>
  tokens.verify(token, at).then(
    () => null,
    (error: { extensions: { code: string }; message: string }) => [error.extensions.code, error.message],
  )

test('a good token says who and with which scopes; its signature is checked once, its end each time', async () => {
  const token = await sign({})
  const verified = { userId, scopes: ['users:read', 'orders:read'], sessionId: 's', expiresAt: now + 600_000 }
  expect(await tokens.verify(token, now)).toEqual(verified)
  expect(await tokens.verify(token, now + 599_999)).toEqual(verified)
  expect(jwksRequests).toBe(1)
  expect(await refusalOf(token, now + 600_000)).toEqual(['UNAUTHENTICATED', 'The access token has expired.'])
})

test.each<[string, Claims]>([
  ['another issuer', { issuer: 'somebody' }],
  ['another audience', { audience: 'another' }],
  ['not yet valid', { from: now + 60_000 }],
  ['an unknown key', { kid: 'other' }],
  ['another kind of token', { typ: 'JWT' }],
  ['a subject that is no user', { subject: 'prod_01h78e4vwzfgz9marc3mq3yjjv' }],
])('%s is refused', async (_, claims) => {
  expect(await refusalOf(await sign(claims))).toEqual(['UNAUTHENTICATED', 'The access token is not valid.'])
})

test('an expired token, one under another key, alg none and nonsense are refused', async () => {
  expect(await refusalOf(await sign({ until: now - 1_000 }))).toEqual([
    'UNAUTHENTICATED',
    'The access token has expired.',
  ])
  const { privateKey: other } = await generateKeyPair('EdDSA')
  const forged = await sign({}, other)
  const payload = forged.split('.')[1]!
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
  for (const token of [forged, none, 'abc', 'a.b.c', '', `${payload}.${payload}.${payload}`]) {
    expect(await refusalOf(token)).toEqual(['UNAUTHENTICATED', 'The access token is not valid.'])
  }
})

test('without the keys nobody is signed in, and nobody is called a forger', async () => {
  const lonely = new AccessTokens('http://127.0.0.1:9/graphql', ended)
  await expect(lonely.verify(await sign({}), now)).rejects.toMatchObject({
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'users' },
  })
})
