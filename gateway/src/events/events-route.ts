import { type Event, type EventEnvelope, eventEnvelope } from '@cartograph/contracts'
import { type Logger, requireSignature, viewerOfRequest } from '@cartograph/service-runtime/process'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

const eventsRequest = z.object({ events: z.array(eventEnvelope).min(1).max(100) })

/** An event that the gateway hears of, and what it does then: at once, and harmless when it is told twice. */
export interface EventHandler {
  readonly event: Event
  readonly handle: (event: never) => void
}

/** An event as its handler sees it. */
export interface HeardEvent<Payload> extends Omit<EventEnvelope, 'payload'> {
  readonly payload: Payload
}

/** Ties an event to what the gateway does when it hears of it; the types of both must agree. */
export function hearsOf<Payload extends z.ZodType>(
  event: Event<Payload>,
  handle: (event: HeardEvent<z.output<Payload>>) => void,
): EventHandler {
  return { event, handle }
}

/**
 * POST /events `{events}`, as packages/messaging delivers them: 200 `{outcomes}`, 401 without a signature under one of
 * `secrets`, 403 for a caller that is no service. Needs no inbox, for handlers may be told twice.
 */
export function eventsRoute(secrets: readonly string[], handlers: readonly EventHandler[], logger: Logger) {
  const byName = new Map(handlers.map((handler) => [handler.event.name as string, handler]))
  return async (server: FastifyInstance): Promise<void> => {
    requireSignature(server, secrets)
    server.post('/events', async (request, reply) => {
      if (viewerOfRequest(request).kind !== 'service')
        return reply.code(403).send({ message: 'Only services send messages.' })
      const body = eventsRequest.safeParse(request.body)
      if (!body.success) return reply.code(400).send({ issues: body.error.issues })
      return { outcomes: body.data.events.map((event) => take(event, byName, logger)) }
    })
  }
}

function take(envelope: EventEnvelope, handlers: ReadonlyMap<string, EventHandler>, logger: Logger) {
  const { id, name } = envelope
  const handler = handlers.get(name)
  const payload = handler?.event.payload.safeParse(envelope.payload)
  if (!handler || !payload?.success) {
    logger.error({ event: name, id, issues: payload?.error?.issues }, 'an event was rejected')
    return 'rejected'
  }
  ;(handler.handle as (event: HeardEvent<unknown>) => void)({ ...envelope, payload: payload.data })
  return 'done'
}
