import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLError } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { completesCheckout, mayCompleteCheckout } from './completes-checkout.ts'
import type { Load } from './load.ts'

const retryAfter: [string, string] = ['retry-after', '2']

const overloaded = (headers?: HeaderMap): GraphQLError =>
  requestError('OVERLOADED', 'There is too much to do at the moment, and nothing was done. Try again in a moment.', {
    http: { status: 503, ...(headers && { headers }) },
  })

function refuse(reply: FastifyReply): never {
  reply.header(...retryAfter)
  throw overloaded()
}

/**
 * Refuses requests with 503 OVERLOADED while the load is too high, what completes a checkout last. Whether a request is taken
 * is decided when it has come whole, and once, so that those that are taken are also answered, however many come after them.
 */
export class LoadShedding {
  readonly #load: Load
  readonly #onlyForCheckout = new WeakSet<FastifyRequest>()

  constructor(load: Load) {
    this.#load = load
  }

  /**
   * Counts each request to the routes that `server` gets from now on, from the moment that its body is there: who sends it
   * slowly keeps nobody out. Sheds unread where the load is too high already, else as soon as the body is seen not to complete
   * a checkout. What may do so is left to `operations`.
   */
  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', async (request, reply) => {
      const { shed } = this.#load
      if (shed === 'all' || (shed === 'most' && request.method !== 'POST')) refuse(reply)
    })
    server.addHook('preValidation', async (request, reply) => {
      const end = this.#load.begin()
      const { shed } = this.#load
      if (shed === 'all' || (shed === 'most' && !mayCompleteCheckout(request.body))) {
        end()
        refuse(reply)
      }
      if (shed === 'most') this.#onlyForCheckout.add(request)
      // Of a client that leaves before its answer, too.
      if (reply.raw.closed) end()
      else reply.raw.once('close', end)
    })
  }

  /** True for a request that was taken only because it may complete a checkout: a request's context says so. */
  isOnlyForCheckout(request: FastifyRequest): boolean {
    return this.#onlyForCheckout.has(request)
  }
}

/** Refuses, before it is planned, what was taken only to complete a checkout and does not. */
export const shedOperations: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ contextValue }) {
    if (!contextValue.onlyForCheckout) return
    return {
      async didResolveOperation({ document, operation }) {
        if (!operation || completesCheckout(document, operation)) return
        throw overloaded(new HeaderMap([retryAfter]))
      },
    }
  },
}
