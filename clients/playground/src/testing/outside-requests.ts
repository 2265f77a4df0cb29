import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type OutsideRequests = AsyncDisposable & {
  /** Every request that was to leave this machine, each as the browser wrote it. */
  attempts: string[]
  proxy: string
}

/**
 * A proxy that refuses and records. A browser sent through it reaches this machine directly, as browsers do, and
 * everything else not at all; unlike an interception within the page, it also sees workers and the browser itself.
 */
export async function recordOutsideRequests(): Promise<OutsideRequests> {
  const attempts: string[] = []
  const server = createServer((request, response) => {
    attempts.push(`${request.method} ${request.url}`)
    response.writeHead(403).end()
  })
  server.on('connect', (request, socket) => {
    attempts.push(`CONNECT ${request.url}`)
    socket.on('error', () => {})
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { attempts, proxy: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => close(server) }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
