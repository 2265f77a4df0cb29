import { requestError } from '@cartograph/error-catalogue'
import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import type { FastifyRequest } from 'fastify'
import type { CookieIdentity } from '../browser-session/cookie-identity.ts'
import type { PartnerRequest } from '../partners/partner-request.ts'
import type { AccessTokens, VerifiedToken } from './access-tokens.ts'

/** The header in which a guest shows the token of the cart that cartCreate gave it. */
export const cartTokenHeader = 'cart-token'

/**
 * Who sends `request`: the partner whose key it shows, or by its bearer token or, without one, the cookies that `browsers` has
 * checked, and by its cart token: any other header that claims an identity is ignored. Throws UNAUTHENTICATED when there is a
 * token and it is not good, rather than treating its bearer as a guest.
 */
export async function claimsOfRequest(
  request: FastifyRequest,
  tokens: AccessTokens,
  browsers: Pick<CookieIdentity, 'of'>,
  partner: PartnerRequest | null,
): Promise<ViewerClaims> {
  if (partner) return partnerClaims(request, partner)
  const { authorization } = request.headers
  const cartToken = cartTokenOf(request)
  const verified = authorization === undefined ? browsers.of(request) : await bearerOf(authorization, tokens)
  if (!verified) return guestClaims(request.id, cartToken, request.ip)
  return {
    kind: 'user',
    id: verified.userId,
    scopes: [...verified.scopes],
    cartToken,
    sessionId: verified.sessionId,
    clientAddress: request.ip,
    requestId: request.id,
  }
}

/** What subgraphs are told of a partner whose key `request` shows. */
export function partnerClaims(request: FastifyRequest, { key: { partner } }: PartnerRequest): ViewerClaims {
  return {
    kind: 'partner',
    id: partner.id,
    scopes: [...partner.scopes],
    cartToken: cartTokenOf(request),
    sessionId: null,
    clientAddress: request.ip,
    requestId: request.id,
  }
}

async function bearerOf(authorization: string, tokens: AccessTokens): Promise<VerifiedToken> {
  const [, token] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? []
  if (token === undefined) {
    throw requestError('UNAUTHENTICATED', 'The authorization header must read "Bearer <access token>".', {
      http: { status: 401 },
    })
  }
  return tokens.verify(token)
}

function cartTokenOf({ headers }: FastifyRequest): string | null {
  const header = headers[cartTokenHeader]
  return typeof header === 'string' && header.length > 0 && header.length <= 100 ? header : null
}
