import type { ApolloServerPlugin } from '@apollo/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayContext } from '../context.ts'
import { insightHeader } from '../insight/may-inspect.ts'
import { StoredAnswer } from './stored-answer.ts'

/** What decides who asks, and in which form an answer is sent. */
const vary = `accept, authorization, cart-token, cookie, ${insightHeader}`

/**
 * Says with each answer how long it may be kept: until it is stale here, when it is the same for everybody; else not at all.
 * What may be kept has an entity tag.
 */
export function cacheHeaders(now: () => number = Date.now): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart({ contextValue }) {
      // What scopes open is for no cache between us and the client.
      const visibility = contextValue.claims.scopes.length === 0 ? 'public' : 'private'
      return {
        async willSendResponse({ response: { body, http } }) {
          const data: unknown = body.kind === 'single' ? body.singleResult.data : undefined
          if (!(data instanceof StoredAnswer)) {
            http.headers.set('cache-control', 'no-store')
            return
          }
          const remaining = Math.max(0, Math.floor((data.staleAt - now()) / 1_000))
          http.headers.set('cache-control', `${visibility}, max-age=${remaining}`)
          http.headers.set('etag', data.etag)
          http.headers.set('vary', vary)
        },
      }
    },
  }
}

/** Answers 304, without a body, to a GET of who has the answer already. A hook `onSend`. */
export async function notModified(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const known = request.headers['if-none-match']
  const etag = reply.getHeader('etag')
  if (known === undefined || typeof etag !== 'string' || request.method !== 'GET' || reply.statusCode !== 200)
    return payload
  const tags = known.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!tags.includes(etag) && !tags.includes('*')) return payload
  reply.code(304).removeHeader('content-type').removeHeader('content-length')
  return ''
}
