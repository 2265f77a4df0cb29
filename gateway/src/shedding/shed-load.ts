import { type ApolloServerPlugin, HeaderMap } from '@apollo/server'
import { requestError } from '@cartograph/error-catalogue'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { GraphQLError } from 'graphql'
import type { GatewayContext } from '../context.ts'
import { completesCheckout, mayCompleteCheckout } from './completes-checkout.ts'
import type { Load } from './load.ts'

const retryAfter: [string, string] = ['retry-after', '2']

const overloaded = (headers?: HeaderMap): GraphQLError =>
  requestError('OVERLOADED', 'There is too much to do at the moment, and nothing was done. Try again in a moment.', {
    http: { status: 503, ...(headers && { headers }) },
  })

/**
 * Refuses requests with 503 OVERLOADED while the load is too high, what completes a checkout last. Whether a request is taken
 * is decided once, when it comes, so that those that are taken are also answered, however many come after them.
 */
export class LoadShedding {
  readonly #load: Load
  readonly #onlyForCheckout = new WeakSet<FastifyRequest>()

  constructor(load: Load) {
    this.#load = load
  }

  /**
   * Counts each request to the routes that `server` gets from now on, and sheds: unread where that is enough to know, else as
   * soon as its body is seen not to complete a checkout. What may do so is left to `operations`.
   */
  addTo(server: FastifyInstance): void {
    server.addHook('onRequest', async (request, reply) => {
      const end = this.#load.begin()
      const { shed } = this.#load
      if (shed === 'all' || (shed === 'most' && request.method !== 'POST')) {
        end()
        reply.header(...retryAfter)
        throw overloaded()
      }
      if (shed === 'most') this.#onlyForCheckout.add(request)
      // Of a client that leaves before its answer, too.
      reply.raw.once('close', end)
    })
    server.addHook('preValidation', async (request, reply) => {
      if (!this.isOnlyForCheckout(request) || mayCompleteCheckout(request.body)) return
      reply.header(...retryAfter)
      throw overloaded()
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
