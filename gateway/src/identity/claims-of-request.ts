import { requestError } from '@cartograph/error-catalogue'
import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import type { FastifyRequest } from 'fastify'
import type { AccessTokens } from './access-tokens.ts'

/** The header in which a guest shows the token of the cart that cartCreate gave it. */
export const cartTokenHeader = 'cart-token'

/**
 * Who sends `request`, from its bearer token and cart token alone: any other header that claims an identity is ignored.
 * Throws UNAUTHENTICATED when there is a token and it is not good, rather than treating its bearer as a guest.
 */
export async function claimsOfRequest(request: FastifyRequest, tokens: AccessTokens): Promise<ViewerClaims> {
  const { authorization } = request.headers
  const cartToken = cartTokenOf(request.headers[cartTokenHeader])
  if (authorization === undefined) return guestClaims(request.id, cartToken, request.ip)
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? []
  if (token === undefined) {
    throw requestError('UNAUTHENTICATED', 'The authorization header must read "Bearer <access token>".', {
      http: { status: 401 },
    })
  }
  const { userId, scopes, sessionId } = await tokens.verify(token)
  return {
    kind: 'user',
    id: userId,
    scopes: [...scopes],
    cartToken,
    sessionId,
    clientAddress: request.ip,
    requestId: request.id,
  }
}

function cartTokenOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && header.length > 0 && header.length <= 100 ? header : null
}
