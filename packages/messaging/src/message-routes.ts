import { eventEnvelope } from '@cartograph/contracts'
import { type Logger, viewerOfRequest } from '@cartograph/service-runtime'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { everyTime, MessageKeyReusedError, once } from './inbox.ts'
import type { CommandHandler, EventHandler } from './receive-messages.ts'
import type { Transaction, TransactionalDatabase } from './transaction.ts'

export interface Receiver<Tx extends Transaction> {
  readonly db: TransactionalDatabase<Tx>
  readonly logger: Logger
  readonly commands?: readonly CommandHandler<Tx>[]
  readonly events?: readonly EventHandler<Tx>[]
}

const commandRequest = z.object({ key: z.string().min(1).max(200), input: z.unknown() })
const eventsRequest = z.object({ events: z.array(eventEnvelope).min(1).max(100) })

/** What became of a delivered event: `rejected` ones are not to be sent again as they are. */
export type DeliveryOutcome = 'done' | 'failed' | 'rejected'

/**
 * POST /commands/<name> `{key, input}`: 200 `{result}`; 400 for what the contract does not allow and 409 for a key of
 * another request, both without effect. POST /events `{events}`: 200 `{outcomes}` in the order of the events, each
 * carried out, or not, by itself. Both 403 for a caller that is no service; to be registered behind `requireSignature`.
 */
export function messageRoutes<Tx extends Transaction>(receiver: Receiver<Tx>): (server: FastifyInstance) => void {
  return (server) => {
    const fromServices = async (request: Parameters<typeof viewerOfRequest>[0]) => {
      if (viewerOfRequest(request).kind !== 'service')
        throw Object.assign(new Error('Only services send messages.'), { statusCode: 403 })
    }
    for (const handler of receiver.commands ?? []) {
      server.post(`/commands/${handler.command.name}`, { preHandler: fromServices }, async (request, reply) => {
        const { status, content } = await carryOut(receiver, handler, request.body)
        return reply.code(status).send(content)
      })
    }
    if (!receiver.events) return
    const handlers = new Map(receiver.events.map((handler) => [handler.event.name as string, handler]))
    server.post('/events', { preHandler: fromServices }, async (request, reply) => {
      const body = eventsRequest.safeParse(request.body)
      if (!body.success) return reply.code(400).send({ issues: body.error.issues })
      const outcomes: DeliveryOutcome[] = []
      // One after the other: two events of one order would otherwise wait for each other's rows.
      for (const envelope of body.data.events) outcomes.push(await actOn(receiver, handlers, envelope))
      return { outcomes }
    })
  }
}

async function carryOut<Tx extends Transaction>(
  { db, logger }: Receiver<Tx>,
  { command, handle }: CommandHandler<Tx>,
  body: unknown,
): Promise<{ status: number; content: object }> {
  const request = commandRequest.safeParse(body)
  const input = request.success ? command.input.safeParse(request.data.input) : request
  if (!request.success || !input.success) return { status: 400, content: { issues: input.error?.issues } }
  try {
    const result = await once(db, `${command.name} ${request.data.key}`, input.data, (tx) =>
      (handle as (tx: Tx, input: unknown) => Promise<unknown>)(tx, input.data),
    )
    return { status: 200, content: { result } }
  } catch (error) {
    if (error instanceof MessageKeyReusedError) return { status: 409, content: { message: error.message } }
    logger.error({ err: error, command: command.name, key: request.data.key }, 'a command failed')
    return { status: 500, content: { message: 'The command failed and did nothing.' } }
  }
}

async function actOn<Tx extends Transaction>(
  { db, logger }: Receiver<Tx>,
  handlers: ReadonlyMap<string, EventHandler<Tx>>,
  envelope: z.output<typeof eventEnvelope>,
): Promise<DeliveryOutcome> {
  const handler = handlers.get(envelope.name)
  const payload = handler?.event.payload.safeParse(envelope.payload)
  if (!handler || !payload?.success) {
    logger.error({ event: envelope.name, id: envelope.id, issues: payload?.error?.issues }, 'an event was rejected')
    return 'rejected'
  }
  try {
    const act = (tx: Tx) =>
      (handler.handle as (tx: Tx, event: unknown) => Promise<void>)(tx, { ...envelope, payload: payload.data })
    await (handler.isIdempotent
      ? everyTime(db, envelope.name, act)
      : once(db, `${envelope.name} ${envelope.id}`, envelope, act))
    return 'done'
  } catch (error) {
    logger.error({ err: error, event: envelope.name, id: envelope.id }, 'an event was not acted on')
    return error instanceof MessageKeyReusedError ? 'rejected' : 'failed'
  }
}
