import { requestError } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { accessTokenAudience, accessTokenIssuer, accessTokenType } from '@cartograph/viewer'
import { GraphQLError } from 'graphql'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { EndedSessions } from './ended-sessions.ts'

export interface VerifiedToken {
  /** The user's UUID. */
  readonly userId: string
  readonly scopes: readonly string[]
  /** The session's UUID. */
  readonly sessionId: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/**
 * Verifies access tokens against the keys that users publishes, fetched when a new key id is met. A token that was
 * verified is remembered until it expires, so that a signature is checked once and not at each request.
 */
export class AccessTokens {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>
  readonly #verified = new LRUCache<string, VerifiedToken>({ max: 10_000 })

  readonly #ended: EndedSessions

  constructor(usersUrl: string, ended: EndedSessions) {
    this.#ended = ended
    this.#keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', usersUrl), {
      cooldownDuration: 5_000,
      timeoutDuration: 3_000,
    })
  }

  /**
   * Throws UNAUTHENTICATED for a token that is forged, expired, damaged or of a session that has ended;
   * SUBGRAPH_UNAVAILABLE without keys.
   */
  async verify(token: string, now = Date.now()): Promise<VerifiedToken> {
    const known = this.#verified.get(token)
    if (known && known.expiresAt > now) return this.#unlessEnded(known, now)
    const verified = await this.#check(token, now)
    this.#verified.set(token, verified)
    return this.#unlessEnded(verified, now)
  }

  /** Asked at each request: a token that was good when it was verified may have lost its session since. */
  #unlessEnded(token: VerifiedToken, now: number): VerifiedToken {
    if (!this.#ended.has(token.sessionId, now)) return token
    throw requestError('UNAUTHENTICATED', 'The session has ended.', { http: { status: 401 } })
  }

  async #check(token: string, now: number): Promise<VerifiedToken> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        algorithms: ['EdDSA'],
        typ: accessTokenType,
        issuer: accessTokenIssuer,
        audience: accessTokenAudience,
        requiredClaims: ['sub', 'exp', 'scope', 'sid'],
        currentDate: new Date(now),
      })
      return {
        userId: fromGlobalId('User', payload.sub as string),
        scopes: String(payload['scope']).split(' ').filter(Boolean),
        sessionId: String(payload['sid']),
        expiresAt: (payload.exp as number) * 1000,
      }
    } catch (error) {
      if (
        error instanceof errors.JWKSTimeout ||
        !(error instanceof errors.JOSEError || error instanceof GraphQLError)
      ) {
        throw requestError('SUBGRAPH_UNAVAILABLE', 'The users service is unavailable, so nobody can be signed in.', {
          service: 'users',
          http: { status: 503 },
        })
      }
      const expired = error instanceof errors.JWTExpired
      throw requestError(
        'UNAUTHENTICATED',
        expired ? 'The access token has expired.' : 'The access token is not valid.',
        {
          http: { status: 401 },
        },
      )
    }
  }
}
