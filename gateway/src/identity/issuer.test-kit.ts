import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toGlobalId } from '@cartograph/global-ids'
import { accessTokenAudience, accessTokenIssuer, accessTokenType } from '@cartograph/viewer'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export const userId = '0189d0e2-6f9f-7c3e-9a2b-0c1d2e3f4a5b'

export interface IssuerKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

export async function issuerKey(kid: string): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' } }
}

/** Plays users where the gateway asks it for keys: publishes `keys`, which may change, and counts how often it was asked. */
export async function issuerUnderTest(...keys: readonly IssuerKey[]) {
  const state = { keys, requests: 0 }
  const server = createServer((_request, response) => {
    state.requests += 1
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: state.keys.map(({ publicJwk }) => publicJwk) }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  return Object.assign(state, {
    url,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  })
}

/** The claims of a good access token that is signed `now`. */
export const goodClaims = (now: number): Record<string, unknown> => ({
  iss: accessTokenIssuer,
  aud: accessTokenAudience,
  sub: toGlobalId('User', userId),
  scope: 'users:read',
  sid: 'session-1',
  iat: now / 1_000,
  exp: now / 1_000 + 600,
})

export const signedBy = ({ privateKey, kid }: IssuerKey, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid, typ: accessTokenType }).sign(privateKey)
