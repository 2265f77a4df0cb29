import { describe, expect, test } from 'vitest'
import { claimsHeader, replayWindowMs, signatureHeader, signRequest, verifyRequest } from './request-signature.ts'
import { guestClaims, type ViewerClaims } from './viewer.ts'

const secret = 'a secret of at least thirty-two characters'
const request = { method: 'POST', path: '/graphql', body: '{"query":"{ viewer { id } }"}' }
const now = Date.UTC(2026, 0, 1)
const claims: ViewerClaims = {
  kind: 'user',
  id: crypto.randomUUID(),
  scopes: ['users:read'],
  cartToken: null,
  sessionId: null,
  clientAddress: null,
  requestId: 'r',
}
const headers = signRequest(secret, request, claims, now)

test('what was signed is believed: who, with which scopes', () => {
  const viewer = verifyRequest([secret], request, headers, now)
  expect(viewer).toMatchObject({ ...claims, userId: claims.id })
  expect(viewer?.may('users:read')).toBe(true)
  expect(viewer?.may('users:write')).toBe(false)
})

test('a guest has no user id, and a service is no user', () => {
  expect(verifyRequest([secret], request, signRequest(secret, request, guestClaims('r'), now), now)?.userId).toBeNull()
  const service = signRequest(secret, request, { ...claims, kind: 'service', id: 'carts' }, now)
  expect(verifyRequest([secret], request, service, now)?.userId).toBeNull()
})

test('two secrets are live while one replaces the other', () => {
  expect(verifyRequest(['a newer secret of thirty-two characters', secret], request, headers, now)).not.toBeNull()
})

test('a secret that was taken out vouches for nothing any more', () => {
  const newer = 'a newer secret of thirty-two characters'
  expect(verifyRequest([newer, secret], request, headers, now)).not.toBeNull()
  expect(verifyRequest([newer], request, headers, now)).toBeNull()
})

test('a request can be sent again for thirty seconds, to the millisecond, and not for longer', () => {
  expect(replayWindowMs).toBe(30_000)
  expect(verifyRequest([secret], request, headers, now + 30_000)).not.toBeNull()
  expect(verifyRequest([secret], request, headers, now + 30_001)).toBeNull()
  expect(verifyRequest([secret], request, headers, now - 30_001)).toBeNull()
})

describe('is not believed', () => {
  const richer = Buffer.from(JSON.stringify({ ...claims, scopes: ['users:write'] })).toString('base64url')
  test.each([
    ['another secret', ['another secret of thirty-two characters..'], request, headers, now],
    ['no live secret', [], request, headers, now],
    ['another method', [secret], { ...request, method: 'GET' }, headers, now],
    ['another path', [secret], { ...request, path: '/graphql?x' }, headers, now],
    ['another body', [secret], { ...request, body: `${request.body} ` }, headers, now],
    ['other claims', [secret], request, { ...headers, [claimsHeader]: richer }, now],
    ['claims that are taken away', [secret], request, { ...headers, [claimsHeader]: '' }, now],
    [
      'claims of somebody else, twice',
      [secret],
      request,
      { ...headers, [claimsHeader]: [headers[claimsHeader]!] },
      now,
    ],
    ['no claims', [secret], request, { [signatureHeader]: headers[signatureHeader] }, now],
    ['no signature', [secret], request, { [claimsHeader]: headers[claimsHeader] }, now],
    ['a damaged signature', [secret], request, { ...headers, [signatureHeader]: 't=1,v1=zz' }, now],
    [
      'another time',
      [secret],
      request,
      { ...headers, [signatureHeader]: headers[signatureHeader]!.replace(/t=\d+/, `t=${now + 1}`) },
      now,
    ],
    ['too late', [secret], request, headers, now + replayWindowMs + 1],
    ['too early', [secret], request, headers, now - replayWindowMs - 1],
  ])('%s', (_, secrets, sent, given, at) => {
    expect(verifyRequest(secrets, sent, given, at)).toBeNull()
  })

  test('claims of the wrong shape, also under a good signature', () => {
    const odd = signRequest(secret, request, { ...claims, admin: true } as ViewerClaims, now)
    expect(verifyRequest([secret], request, odd, now)).toBeNull()
  })
})
