import type { FastifyInstance } from 'fastify'

const largeLength = 16 * 1_024

/**
 * The text of a large answer is still in pieces. Node joins them to know its length, and joins them again behind the
 * headers to send it; as bytes they are joined once.
 */
export function sendLargeAnswersAsBytes(server: FastifyInstance): void {
  server.addHook('onSend', (_request, _reply, payload: unknown, done) => {
    done(null, typeof payload === 'string' && payload.length >= largeLength ? Buffer.from(payload) : payload)
  })
}
