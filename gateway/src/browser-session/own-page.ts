import type { FastifyRequest } from 'fastify'

/**
 * Whether nothing that the browser says of itself speaks against a page of ours having sent the request. Both headers
 * are the browser's, out of a script's reach; whoever sends neither is left to the CSRF token. Without `ownOrigins` a
 * page of ours is one of the host that the request was sent to. OWASP, Cross-Site Request Forgery Prevention Cheat
 * Sheet: Fetch Metadata, and verifying the origin with standard headers.
 */
export function mayBeFromOwnPage(request: FastifyRequest, ownOrigins: readonly string[]): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site !== undefined && site !== 'same-origin') return false
  if (origin === undefined) return true
  if (ownOrigins.length > 0) return ownOrigins.includes(origin)
  return URL.canParse(origin) && new URL(origin).host === request.host
}
