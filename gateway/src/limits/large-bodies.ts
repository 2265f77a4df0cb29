import { requestError } from '@cartograph/error-catalogue'
import type { FastifyInstance } from 'fastify'

/** Our largest operation has 2 KiB. */
const largeBytes = 16 * 1024
/** Large bodies that are read at a time: 8 MiB of them. */
const mostAtATime = 32

/**
 * Refuses with 503, unread, a body that is large, or does not say how large it is, while as many of them are being read as
 * may be: a thousand that come slowly would take a quarter of a gigabyte.
 */
export function boundLargeBodies(server: FastifyInstance): void {
  let reading = 0
  const readers = new WeakMap<object, () => void>()
  server.addHook('onRequest', async (request, reply) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
    if (encoding === undefined && Number(length ?? 0) <= largeBytes) return
    if (reading >= mostAtATime) {
      reply.header('retry-after', '2')
      throw requestError('OVERLOADED', 'Too many large bodies are being read. Try again in a moment.', {
        http: { status: 503 },
      })
    }
    reading += 1
    let isRead = false
    const read = () => {
      if (!isRead) reading -= 1
      isRead = true
    }
    readers.set(request.raw, read)
    // Of a client that leaves within it, too.
    reply.raw.once('close', read)
  })
  server.addHook('preValidation', async (request) => readers.get(request.raw)?.())
}
