import { addHealthRoutes, createHttpServer, type Logger } from '@cartograph/service-runtime/process'
import type { FastifyInstance } from 'fastify'
import { answerBadPath, answerClientError } from '../errors/connection-errors.ts'
import { addHttpErrors } from '../errors/http-errors.ts'
import { refuseEncodedBodies } from '../limits/encoded-bodies.ts'
import { boundLargeBodies } from '../limits/large-bodies.ts'
import { Load, type LoadLimits } from '../shedding/load.ts'
import { LoadShedding } from '../shedding/shed-load.ts'
import { Drain } from './drain.ts'
import { sendLargeAnswersAsBytes } from './large-answers.ts'

/** Our largest operation has 2 KiB; 5,000 ids, as many values as variables may hold, have 180. */
const bodyLimitBytes = 256 * 1024
/** Longer than any request may take, whose deadline leaves its fields null: all that is left then is slow bodies. */
const drainMarginMs = 1_000
/** For the slowest line that sends such a body. */
const requestTimeoutMs = 30_000

export interface PublicServerOptions {
  /** How long a request may take: what is under way a second longer after `close` is cut off. */
  readonly requestDeadlineMs: number
  readonly loadLimits: LoadLimits
  readonly trustedProxies?: readonly string[]
  readonly logger: Logger
}

export interface PublicServer {
  readonly server: FastifyInstance
  /** Registers routes that are shed when there is too much to do; health, and what services tell the gateway, never are. */
  clientRoutes(register: (server: FastifyInstance, shedding: LoadShedding) => Promise<void>): Promise<void>
  /** Answers what was sent before, and resolves when all is closed. */
  close(): Promise<void>
}

/** An HTTP server for strangers: bodies are small, plain and sent in time, errors have codes, requests have ids. */
export function publicServer({
  requestDeadlineMs,
  loadLimits,
  trustedProxies = [],
  logger,
}: PublicServerOptions): PublicServer {
  const server = createHttpServer({
    bodyLimitBytes,
    requestTimeoutMs,
    trustedProxies,
    clientErrorHandler: answerClientError,
    frameworkErrors: answerBadPath,
  })
  // What is expected besides is not known here, and the request is answered all the same.
  server.server.on('checkExpectation', (...exchange) => server.server.emit('request', ...exchange))
  const drain = new Drain(server, requestDeadlineMs + drainMarginMs)
  const load = new Load(loadLimits)
  const shedding = new LoadShedding(load)
  addHttpErrors(server, logger)
  server.addHook('onRequest', refuseEncodedBodies)
  boundLargeBodies(server)
  server.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id))
  sendLargeAnswersAsBytes(server)
  addHealthRoutes(server, async () => true)
  return {
    server,
    async clientRoutes(register) {
      await server.register(async (clients) => {
        shedding.addTo(clients)
        await register(clients, shedding)
      })
    },
    async close() {
      await drain.close()
      load.stop()
    },
  }
}
