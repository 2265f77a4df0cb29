import { randomBytes } from 'node:crypto'
import type { EventEnvelope } from '@cartograph/contracts'
import { createHttpServer, listen, requireSignature } from '@cartograph/service-runtime'

/** Plays a subscriber: takes whatever comes while it is up, and keeps what it took. */
export async function startSubscriber() {
  const secret = randomBytes(32).toString('hex')
  const state = { isUp: true, events: [] as EventEnvelope[] }
  const server = createHttpServer({ bodyLimitBytes: 1_000_000 })
  requireSignature(server, [secret])
  server.post('/events', async (request, reply) => {
    if (!state.isUp) return reply.code(503).send({})
    const { events } = request.body as { events: EventEnvelope[] }
    state.events.push(...events)
    return { outcomes: events.map(() => 'done') }
  })
  return Object.assign(state, { secret, url: await listen(server, '127.0.0.1', 0), stop: () => server.close() })
}
