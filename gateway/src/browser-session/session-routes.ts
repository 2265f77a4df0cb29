import { errorCatalogue, requestError } from '@cartograph/error-catalogue'
import { guestClaims } from '@cartograph/viewer'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { CookieTrust } from './cookie-identity.ts'
import { csrfHeader, csrfTokenOf, isCsrfTokenOf } from './csrf-token.ts'
import { mayBeFromOwnPage } from './own-page.ts'
import { csrfRefused } from './refusals.ts'
import type { RefreshCookie } from './session-cookies.ts'
import { SharedRefreshes } from './shared-refreshes.ts'
import type { SessionOutcome, UsersSessions } from './users-sessions.ts'

const credentials = z.strictObject({ email: z.string(), password: z.string() })

/**
 * POST /session signs a browser in, /session/refresh renews its session and /session/end signs it out. Tokens are in
 * the cookies and in no body. Each takes requests of our own pages alone, which send JSON: a form cannot, and a foreign
 * script would have to ask first (CORS), which nothing here allows. The latter two want the session's CSRF token too.
 */
export function sessionRoutes(trust: CookieTrust, users: UsersSessions): FastifyPluginAsync {
  const { cookies, csrfSecrets, ownOrigins, tokens } = trust
  const refreshes = new SharedRefreshes()

  async function answer(reply: FastifyReply, { session, userErrors }: SessionOutcome): Promise<object> {
    if (!session) return { session: null, userErrors }
    const { sessionId } = await tokens.verify(session.accessToken)
    const csrfToken = csrfTokenOf(csrfSecrets, sessionId)
    const { accessToken, refreshToken, expiresAt, viewer } = session
    cookies.set(reply, { accessToken, refresh: { sessionId, refreshToken }, csrfToken })
    return { session: { csrfToken, expiresAt, viewer }, userErrors }
  }

  /** The refresh cookie, from whoever proves to act for its session; null where there is none. */
  function provenRefresh(request: FastifyRequest): RefreshCookie | null {
    const { refresh } = cookies.of(request)
    if (refresh && !isCsrfTokenOf(csrfSecrets, refresh.sessionId, request.headers[csrfHeader])) throw csrfRefused()
    return refresh
  }

  return async (server) => {
    acceptJsonAlone(server)
    server.addHook('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store')
      if (!mayBeFromOwnPage(request, ownOrigins)) throw csrfRefused()
    })

    server.post('/session', async (request, reply) => {
      const parsed = credentials.safeParse(request.body)
      if (!parsed.success) throw unusable('The body must hold "email" and "password", both text, and nothing else.')
      // Cookies that came along are looked at by nobody: what was there before a sign-in is worth nothing after it.
      return answer(reply, await users.create(parsed.data, claimsOf(request)))
    })

    server.post('/session/refresh', async (request, reply) => {
      const refresh = provenRefresh(request)
      if (!refresh) throw requestError('UNAUTHENTICATED', 'There is no session to refresh.', { http: { status: 401 } })
      const { sessionId, refreshToken } = refresh
      const outcome = await refreshes.refresh(sessionId, refreshToken, () =>
        users.refresh(refreshToken, claimsOf(request)),
      )
      if (!outcome.session) cookies.clear(reply)
      return answer(reply, outcome)
    })

    server.post('/session/end', async (request, reply) => {
      const refresh = provenRefresh(request)
      if (refresh) refreshes.forget(refresh.sessionId)
      const revoked = refresh !== null && (await users.revoke(refresh.refreshToken, claimsOf(request)))
      cookies.clear(reply)
      return { revoked }
    })
  }
}

/** Fastify reads text/plain by itself, which is what a form can send without being asked. */
function acceptJsonAlone(server: FastifyInstance): void {
  server.removeContentTypeParser('text/plain')
}

function unusable(message: string) {
  return requestError('BAD_USER_INPUT', message, { http: { status: errorCatalogue.BAD_USER_INPUT.status } })
}

function claimsOf(request: FastifyRequest) {
  return guestClaims(request.id, null, request.ip)
}
