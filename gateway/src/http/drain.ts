import { once } from 'node:events'
import { Server } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

/** For a request that was sent before the listener closed, on a connection that looks idle, to arrive. */
const lingerMs = 500

/**
 * Ends a server without failing a request that was sent before: lets nobody in, answers what comes on connections that are
 * open, each for the last time, and closes those that stay idle. What is not over after a while is cut off.
 */
export class Drain {
  readonly #server: FastifyInstance
  readonly #mostMs: number
  #isDraining = false

  constructor(server: FastifyInstance, mostMs: number) {
    this.#server = server
    this.#mostMs = mostMs
    server.addHook('onSend', async (_request, reply) => {
      if (this.#isDraining) reply.header('connection', 'close')
    })
  }

  /** Resolves when no connection is left. */
  async close(): Promise<void> {
    const { server } = this.#server
    this.#isDraining = true
    const cut = setTimeout(() => server.closeAllConnections(), this.#mostMs)
    if (server.listening) {
      const closed = once(server, 'close')
      // Not its own `close`, which also cuts idle connections: a request may be on its way on them.
      Server.prototype.close.call(server)
      const patience = new AbortController()
      await Promise.race([closed, pause(lingerMs, null, { signal: patience.signal }).catch(() => {})])
      patience.abort()
    }
    await this.#server.close()
    clearTimeout(cut)
  }
}
