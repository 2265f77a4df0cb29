import { type EventEnvelope, sessionsEnded } from '@cartograph/contracts'
import { createHttpServer, listen, requireSignature } from '@cartograph/service-runtime'

/** Plays a gateway: takes what it is told while it is up, and keeps which sessions have ended. */
export async function gatewayUnderTest(secret: string) {
  const state = { isUp: true, events: [] as EventEnvelope[] }
  const server = createHttpServer({ bodyLimitBytes: 1024 * 1024 })
  requireSignature(server, [secret])
  server.post('/events', async (request, reply) => {
    if (!state.isUp) return reply.code(503).send({})
    const { events } = request.body as { events: EventEnvelope[] }
    state.events.push(...events)
    return { outcomes: events.map(() => 'done') }
  })
  return Object.assign(state, {
    url: await listen(server, '127.0.0.1', 0),
    stop: () => server.close(),
    ended: () => state.events.flatMap(({ payload }) => sessionsEnded.payload.parse(payload).sessionIds),
  })
}
