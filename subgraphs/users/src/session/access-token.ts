import { toGlobalId } from '@cartograph/global-ids'
import {
  accessTokenAudience,
  accessTokenIssuer,
  accessTokenLifetimeMs,
  accessTokenType,
  type Scope,
} from '@cartograph/viewer'
import { importJWK, SignJWT } from 'jose'
import type { AccessTokenKey } from '../env.ts'

export interface AccessTokenSigner {
  /** A JWT (RFC 7519) signed with EdDSA, good for ten minutes from `now`. */
  sign(
    claims: { readonly userId: string; readonly sessionId: string; readonly scopes: readonly Scope[] },
    now: Date,
  ): Promise<{ token: string; expiresAt: Date }>
  /** The public keys as a JSON Web Key Set (RFC 7517): that of the signing key and those it replaces. */
  readonly jwks: { keys: object[] }
}

/** Signs with the first of `keys` and publishes all of them. */
export async function accessTokenSigner(keys: readonly AccessTokenKey[]): Promise<AccessTokenSigner> {
  const signing = keys[0]!
  const privateKey = await importJWK({ ...signing }, 'EdDSA')
  return {
    jwks: { keys: keys.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' })) },
    async sign({ userId, sessionId, scopes }, now) {
      const expiresAt = new Date(now.getTime() + accessTokenLifetimeMs)
      const token = await new SignJWT({ scope: scopes.join(' '), sid: sessionId })
        .setProtectedHeader({ alg: 'EdDSA', kid: signing.kid, typ: accessTokenType })
        .setIssuer(accessTokenIssuer)
        .setAudience(accessTokenAudience)
        .setSubject(toGlobalId('User', userId))
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(privateKey)
      return { token, expiresAt }
    },
  }
}
