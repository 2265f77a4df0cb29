import { requestError } from '@cartograph/error-catalogue'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Refuses a compressed body with 415, unread: some kilobytes of it can inflate to gigabytes, and no operation is so large
 * that it needs to be compressed.
 */
export async function refuseEncodedBodies(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { 'content-encoding': encoding = 'identity' } = request.headers
  if (encoding.trim().toLowerCase() === 'identity') return
  reply.header('accept-encoding', 'identity')
  throw requestError('BAD_REQUEST', 'Send the body as it is, without a content encoding.', { http: { status: 415 } })
}
