import type { FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import type { AccessTokens, VerifiedToken } from '../identity/access-tokens.ts'
import { csrfHeader, isCsrfTokenOf } from './csrf-token.ts'
import { mayBeFromOwnPage } from './own-page.ts'
import { csrfRefused, refreshNeeded } from './refusals.ts'
import type { SessionCookies } from './session-cookies.ts'

export interface CookieTrust {
  readonly cookies: SessionCookies
  readonly csrfSecrets: readonly string[]
  /** The origins of our pages; empty for the host that a request was sent to. */
  readonly ownOrigins: readonly string[]
  readonly tokens: AccessTokens
}

/** Who sends a request to /graphql by the cookies of a browser session. */
export class CookieIdentity {
  readonly #trust: CookieTrust
  readonly #verified = new WeakMap<FastifyRequest, VerifiedToken>()

  constructor(trust: CookieTrust) {
    this.#trust = trust
  }

  /**
   * An onRequest hook, so that a refused body is not even parsed. An authorization header counts alone; without one,
   * session cookies count only with proof that a page of ours sends them. Throws CSRF_REFUSED without it, and for
   * anything but POST: a link, an image or a prefetch sends GET, with cookies and without a header. Throws
   * SESSION_REFRESH_NEEDED where the access token is gone or not good any more, and a refresh cookie is there.
   */
  async check(request: FastifyRequest): Promise<void> {
    if (request.headers.authorization !== undefined) return
    const { cookies, csrfSecrets, ownOrigins } = this.#trust
    const { accessToken, refresh } = cookies.of(request)
    if (accessToken === null && refresh === null) return
    const csrfToken = request.headers[csrfHeader]
    if (request.method !== 'POST' || csrfToken === undefined || !mayBeFromOwnPage(request, ownOrigins))
      throw csrfRefused()
    if (accessToken === null) throw refreshNeeded()
    const verified = await this.#verify(accessToken, refresh !== null)
    if (!isCsrfTokenOf(csrfSecrets, verified.sessionId, csrfToken)) throw csrfRefused()
    this.#verified.set(request, verified)
  }

  /** Whom `check` has found the request to come from, or null. */
  of(request: FastifyRequest): VerifiedToken | null {
    return this.#verified.get(request) ?? null
  }

  async #verify(accessToken: string, canRefresh: boolean): Promise<VerifiedToken> {
    try {
      return await this.#trust.tokens.verify(accessToken)
    } catch (error) {
      if (canRefresh && error instanceof GraphQLError && error.extensions['code'] === 'UNAUTHENTICATED')
        throw refreshNeeded()
      throw error
    }
  }
}
