import { z } from 'zod'

/** What can hear of events. */
export type Subscriber = 'carts' | 'gateway' | 'inventory' | 'orders' | 'partners' | 'recommendations'

/** Something that has happened in one service and that others act on: told at least once to each subscriber. */
export interface Event<Payload extends z.ZodType = z.ZodType> {
  /** `<service>.<what happened>.v<version>` */
  readonly name: `${string}.${string}.v${number}`
  readonly description: string
  readonly payload: Payload
  readonly subscribers: readonly Subscriber[]
}

export function defineEvent<Payload extends z.ZodType>(event: Event<Payload>): Event<Payload> {
  return event
}

/** An event as it is delivered. */
export const eventEnvelope = z.object({
  /** Unique for ever; what a subscriber recognises a repetition by. */
  id: z.uuid(),
  name: z.string(),
  /** What it happened to, and how often something has happened to that: a later event has a higher version. */
  aggregateId: z.uuid(),
  aggregateVersion: z.int().positive(),
  occurredAt: z.iso.datetime(),
  payload: z.unknown(),
})

export type EventEnvelope = z.infer<typeof eventEnvelope>
