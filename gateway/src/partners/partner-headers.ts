import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PartnerBudgets } from './budget/partner-budgets.ts'
import type { PartnerRequest } from './partner-request.ts'

/**
 * Says with each answer to a partner what is left of its points (draft-ietf-httpapi-ratelimit-headers), and of an operation
 * that is deprecated since when (RFC 9745) and until when it runs (RFC 8594). A hook `onSend`.
 */
export function partnerHeaders(partnerOf: (request: FastifyRequest) => PartnerRequest | null, budgets: PartnerBudgets) {
  return (request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done): void => {
    const asking = partnerOf(request)
    if (asking) addHeaders(reply, asking, budgets)
    done(null, payload)
  }
}

type Done = (error: null, payload: unknown) => void

function addHeaders(
  reply: FastifyReply,
  { key: { partner }, admitted }: PartnerRequest,
  budgets: PartnerBudgets,
): void {
  const { remaining, msToReset } = budgets.standing(partner)
  reply.header('ratelimit-policy', `"points";q=${partner.pointsPerMinute};w=60`)
  reply.header('ratelimit', `"points";r=${remaining};t=${Math.ceil(msToReset / 1_000)}`)
  const { deprecatedAt = null, sunsetAt = null } = admitted?.terms ?? {}
  if (deprecatedAt === null) return
  reply.header('deprecation', `@${Math.floor(deprecatedAt / 1_000)}`)
  if (sunsetAt !== null) reply.header('sunset', new Date(sunsetAt).toUTCString())
}
