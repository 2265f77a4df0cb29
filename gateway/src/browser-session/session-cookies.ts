import type { FastifyReply, FastifyRequest } from 'fastify'

/** What the cookies of a browser session hold. */
export interface SessionCookieValues {
  readonly accessToken: string
  readonly refresh: RefreshCookie
  readonly csrfToken: string
}

/** The refresh cookie says which session it renews, so that a CSRF token can be checked against it before it is used. */
export interface RefreshCookie {
  readonly sessionId: string
  readonly refreshToken: string
}

/**
 * As long as a refresh token lives in users. The access cookie outlives the token in it, so that whoever comes with an
 * expired one is told to refresh and not taken for a guest.
 */
const maxAgeSeconds = 30 * 24 * 3_600

/**
 * The three cookies of a browser session. Scripts can read only that of the CSRF token. Each is for this host alone and
 * comes over TLS alone, which `__Host-` has the browser enforce (RFC 6265bis, section 4.1.3.2); over plain http, for
 * development, neither can be asked for.
 */
export class SessionCookies {
  readonly #names: Record<'access' | 'refresh' | 'csrf', string>
  readonly #secure: boolean

  constructor({ plainHttp }: { readonly plainHttp: boolean }) {
    const prefix = plainHttp ? '' : '__Host-'
    const named = (what: string) => `${prefix}cartograph-${what}`
    this.#names = { access: named('access'), refresh: named('refresh'), csrf: named('csrf') }
    this.#secure = !plainHttp
  }

  /** What the request brings; null for what it does not, or brings in a shape that no session has. */
  of({ cookies }: FastifyRequest): { readonly accessToken: string | null; readonly refresh: RefreshCookie | null } {
    const [, sessionId, refreshToken] =
      /^([\w-]{1,100})\.([\w-]{1,200})$/.exec(cookies[this.#names.refresh] ?? '') ?? []
    return {
      accessToken: cookies[this.#names.access] || null,
      refresh: sessionId !== undefined && refreshToken !== undefined ? { sessionId, refreshToken } : null,
    }
  }

  /** Replaces all three, so that nothing of an earlier session stays beside the new one. */
  set(reply: FastifyReply, { accessToken, refresh, csrfToken }: SessionCookieValues): void {
    const options = { ...this.#attributes(), maxAge: maxAgeSeconds }
    reply.setCookie(this.#names.access, accessToken, { ...options, httpOnly: true })
    reply.setCookie(this.#names.refresh, `${refresh.sessionId}.${refresh.refreshToken}`, { ...options, httpOnly: true })
    reply.setCookie(this.#names.csrf, csrfToken, options)
  }

  clear(reply: FastifyReply): void {
    for (const [what, name] of Object.entries(this.#names))
      reply.setCookie(name, '', { ...this.#attributes(), maxAge: 0, httpOnly: what !== 'csrf' })
  }

  #attributes() {
    return { path: '/', secure: this.#secure, sameSite: 'lax' } as const
  }
}
