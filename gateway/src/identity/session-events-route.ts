import { eventEnvelope, sessionsEnded } from '@cartograph/contracts'
import { type Logger, requireSignature, viewerOfRequest } from '@cartograph/service-runtime/process'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { EndedSessions } from './ended-sessions.ts'

const eventsRequest = z.object({ events: z.array(eventEnvelope).min(1).max(100) })

/**
 * POST /events `{events}`, as packages/messaging delivers them: 200 `{outcomes}`, 401 without a signature under one of
 * `secrets`, 403 for a caller that is no service. Needs no inbox, for remembering an end twice changes nothing.
 */
export function sessionEventsRoute(secrets: readonly string[], ended: EndedSessions, logger: Logger) {
  return async (server: FastifyInstance): Promise<void> => {
    requireSignature(server, secrets)
    server.post('/events', async (request, reply) => {
      if (viewerOfRequest(request).kind !== 'service')
        return reply.code(403).send({ message: 'Only services send messages.' })
      const body = eventsRequest.safeParse(request.body)
      if (!body.success) return reply.code(400).send({ issues: body.error.issues })
      return { outcomes: body.data.events.map((event) => take(event, ended, logger)) }
    })
  }
}

function take({ id, name, payload }: z.output<typeof eventEnvelope>, ended: EndedSessions, logger: Logger) {
  const told = name === sessionsEnded.name ? sessionsEnded.payload.safeParse(payload) : null
  if (!told?.success) {
    logger.error({ event: name, id, issues: told?.error?.issues }, 'an event was rejected')
    return 'rejected'
  }
  ended.add(told.data.sessionIds)
  return 'done'
}
