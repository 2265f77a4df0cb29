import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { receiverCertificate, receiverKey } from './receiver-certificate.ts'

export interface ReceivedWebhook {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void

export const answering =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) =>
    void response.writeHead(status, headers).end()

/** Plays a partner: notes what it is sent and who connects, and behaves as a test says. */
export async function startReceiver({ tls = false }: { tls?: boolean } = {}) {
  const state = { behave: answering(204), received: [] as ReceivedWebhook[], connections: 0, bytesSent: 0 }
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    response.on('error', () => {})
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      state.received.push({ path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() })
      state.behave(response, request)
    })
  }
  const server = tls
    ? createSecureServer({ cert: receiverCertificate, key: receiverKey }, handle)
    : createServer(handle)
  server.on('connection', (socket) => {
    state.connections += 1
    socket.on('close', () => (state.bytesSent += socket.bytesWritten))
  })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/hooks?tenant=1`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

export type ReceiverUnderTest = Awaited<ReturnType<typeof startReceiver>>
