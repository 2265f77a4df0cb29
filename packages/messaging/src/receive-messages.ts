import type { Command, Event, EventEnvelope } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Transaction } from './transaction.ts'

/** An event as a subscriber's use case sees it. */
export interface ReceivedEvent<Payload> extends Omit<EventEnvelope, 'payload'> {
  readonly payload: Payload
}

export interface CommandHandler<Tx extends Transaction> {
  readonly command: Command
  readonly handle: (tx: Tx, input: never) => Promise<unknown>
}

export interface EventHandler<Tx extends Transaction> {
  readonly event: Event
  /** Whether being told again changes nothing anyhow, so that nobody has to note that it came. */
  readonly isIdempotent: boolean
  readonly handle: (tx: Tx, event: never) => Promise<void>
}

/** Ties a command to the use case that carries it out, in the transaction it is given; the types of both must agree. */
export function carriesOut<Tx extends Transaction, Input extends z.ZodType, Result extends z.ZodType>(
  command: Command<Input, Result>,
  handle: (tx: Tx, input: z.output<Input>) => Promise<z.input<Result>>,
): CommandHandler<Tx> {
  return { command, handle }
}

/** Ties an event to the use case that acts on it, in the transaction it is given. It may come late, and out of order. */
export function actsOn<Tx extends Transaction, Payload extends z.ZodType>(
  event: Event<Payload>,
  handle: (tx: Tx, event: ReceivedEvent<z.output<Payload>>) => Promise<void>,
): EventHandler<Tx> {
  return { event, handle, isIdempotent: false }
}

/** As actsOn, for a use case that does nothing when it is told again: it needs no inbox, and spares a statement. */
export function actsIdempotentlyOn<Tx extends Transaction, Payload extends z.ZodType>(
  event: Event<Payload>,
  handle: (tx: Tx, event: ReceivedEvent<z.output<Payload>>) => Promise<void>,
): EventHandler<Tx> {
  return { event, handle, isIdempotent: true }
}
