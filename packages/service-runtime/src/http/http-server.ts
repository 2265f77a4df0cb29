import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify'

/** A service that listens; `stop` takes no new requests, lets those under way finish, and resolves when all is closed. */
export interface RunningService {
  readonly url: string
  stop(): Promise<void>
}

export interface HttpServerOptions extends Pick<FastifyServerOptions, 'clientErrorHandler' | 'frameworkErrors'> {
  readonly bodyLimitBytes: number
  /** Addresses or CIDR ranges whose `x-forwarded-for` is believed; of anybody else the connection's address counts. */
  readonly trustedProxies?: readonly string[]
  /** A request that has not come whole within this is answered 408, and its connection closed. */
  readonly requestTimeoutMs?: number
}

/** A server whose requests have an id of their own, unique everywhere, for logs and for whoever asks about one. */
export function createHttpServer({
  bodyLimitBytes,
  trustedProxies = [],
  requestTimeoutMs = 60_000,
  ...answering
}: HttpServerOptions): FastifyInstance {
  return Fastify({
    bodyLimit: bodyLimitBytes,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    logger: false,
    forceCloseConnections: 'idle',
    // What comes on a connection that is open while the server closes is answered, and the connection closed.
    return503OnClosing: false,
    keepAliveTimeout: 65_000,
    requestTimeout: requestTimeoutMs,
    // Node takes the longer of the two for the whole request, and looks for such requests once in an interval.
    http: { headersTimeout: requestTimeoutMs, connectionsCheckingInterval: requestTimeoutMs / 10 },
    genReqId: () => randomUUID(),
    ...answering,
  })
}

/** GET /health/live says that the process turns; GET /health/ready that `isReady` holds, else 503. Both are unsigned. */
export function addHealthRoutes(server: FastifyInstance, isReady: () => Promise<boolean>): void {
  server.get('/health/live', async () => ({ status: 'live' }))
  server.get('/health/ready', async (_request, reply) => {
    const ready = await isReady().catch(() => false)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'unavailable' })
  })
}

/** A port in use becomes one sentence that names it. */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new Error(`Port ${port} on ${host} is in use; choose another.`, { cause: error })
    if (code === 'EACCES')
      throw new Error(`Port ${port} on ${host} may not be used by this account; choose one above 1023.`, {
        cause: error,
      })
    throw error
  }
  const address = server.server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${name}:${address.port}`
}
