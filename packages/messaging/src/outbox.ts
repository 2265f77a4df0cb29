import { randomUUID } from 'node:crypto'
import type { Event, EventEnvelope, Subscriber } from '@cartograph/contracts'
import { crashPoint, type Logger, type Peer, UnansweredError } from '@cartograph/service-runtime'
import type { z } from 'zod'
import type { Job, JobOutcome, JobQueue, QueuePolicy } from './job-queue.ts'
import type { Transaction, TransactionalDatabase } from './transaction.ts'

const batchSize = 25

/** Where events wait for their first delivery, to all subscribers at once. */
const firstQueue = 'events'
/** Who does not take an event at once has it in a queue of its own, where it holds up nobody else. */
const queueOf = (subscriber: string) => `events-to-${subscriber}`

const firstDeadlineMs = 500
const laterDeadlineMs = 5_000

interface Envelopes {
  readonly envelope: EventEnvelope
  readonly subscribers: readonly Subscriber[]
}

/** The queues that an outbox to these subscribers needs. */
export function outboxQueues(subscribers: readonly Subscriber[]): QueuePolicy[] {
  // Half a day, until it is a dead letter.
  const patient = { retryLimit: 9_000, retryDelay: 1, retryDelayMax: 5 }
  return [
    { name: firstQueue, expireInSeconds: 5, ...patient },
    ...subscribers.map((subscriber) => ({ name: queueOf(subscriber), expireInSeconds: 10, ...patient })),
  ]
}

export interface Happening<Payload> {
  readonly aggregateId: string
  readonly aggregateVersion: number
  readonly occurredAt: Date
  readonly payload: Payload
}

/** The transactional outbox: events are written with the change they tell of, and delivered to each subscriber. */
export class Outbox {
  readonly #queue: JobQueue
  readonly #peers: ReadonlyMap<string, Peer>
  readonly #logger: Logger
  readonly #published = new WeakSet<Transaction>()

  constructor(queue: JobQueue, peers: readonly Peer[], logger: Logger) {
    this.#queue = queue
    this.#peers = new Map(peers.map((peer) => [peer.name, peer]))
    this.#logger = logger
  }

  /** Writes one job for all subscribers, in the caller's transaction. Call `wake` after it has committed. */
  async publish<Payload extends z.ZodType>(
    tx: Transaction,
    event: Event<Payload>,
    { occurredAt, ...happening }: Happening<z.input<Payload>>,
  ): Promise<void> {
    const { name, subscribers } = event
    // A mistake of ours is found where it is made, and not by whoever is told.
    event.payload.parse(happening.payload)
    const unknown = subscribers.filter((subscriber) => !this.#peers.has(subscriber))
    if (unknown.length > 0) throw new Error(`${name} goes to ${unknown.join(', ')}, which this service does not know`)
    if (subscribers.length === 0) return
    const envelope: EventEnvelope = { id: randomUUID(), name, occurredAt: occurredAt.toISOString(), ...happening }
    this.#published.add(tx)
    await this.#queue.enqueue(tx, firstQueue, [{ data: { envelope, subscribers } satisfies Envelopes }])
  }

  /** Delivers now what this process has published. What a crashed process has published is found by polling. */
  wake(): void {
    this.#queue.wake(firstQueue)
  }

  /** `db`, where a transaction that published wakes the outbox by itself when it has committed. */
  wakingAfter<Tx extends Transaction>(db: TransactionalDatabase<Tx>): TransactionalDatabase<Tx> {
    return {
      $transaction: async (run) => {
        const { outcome, published } = await db.$transaction(async (tx) => {
          const result = await run(tx)
          return { outcome: result, published: this.#published.has(tx) }
        })
        if (published) this.wake()
        return outcome
      },
    }
  }

  /** Has this process deliver events, signed, until the queue is stopped. */
  async start(): Promise<void> {
    await this.#queue.work<Envelopes>(firstQueue, batchSize, (jobs) => this.#deliverToAll(jobs))
    for (const peer of this.#peers.values()) {
      await this.#queue.work<EventEnvelope>(queueOf(peer.name), batchSize, (jobs) =>
        this.#deliver(
          peer,
          jobs.map(({ data }) => data),
          laterDeadlineMs,
        ),
      )
    }
  }

  /** Tells all subscribers at once; for those that do not take an event a job of their own goes on with it. */
  async #deliverToAll(jobs: readonly Job<Envelopes>[]): Promise<JobOutcome[]> {
    const left = await Promise.all(
      Array.from(this.#peers.values(), async (peer) => {
        const events = jobs
          .filter(({ data }) => data.subscribers.includes(peer.name as Subscriber))
          .map(({ data }) => data.envelope)
        if (events.length === 0) return null
        const outcomes = await this.#deliver(peer, events, firstDeadlineMs)
        return { peer, events: events.filter((_, index) => outcomes[index] !== 'done') }
      }),
    )
    for (const rest of left) {
      if (!rest || rest.events.length === 0) continue
      const queue = queueOf(rest.peer.name)
      await this.#queue.enqueue(
        null,
        queue,
        rest.events.map((data) => ({ data, startAfterSeconds: 1 })),
      )
    }
    return jobs.map(() => 'done')
  }

  async #deliver(peer: Peer, events: readonly EventEnvelope[], deadlineMs: number): Promise<JobOutcome[]> {
    try {
      crashPoint(`events to ${peer.name} before delivery`)
      const { status, content } = await peer.post('/events', { events }, { deadlineMs, requestId: events[0]!.id })
      crashPoint(`events to ${peer.name} after delivery`)
      if (status === 200) return (content as { outcomes: JobOutcome[] }).outcomes
      this.#logger.warn({ subscriber: peer.name, status }, 'events were not taken; they are sent again')
    } catch (error) {
      if (!(error instanceof UnansweredError)) throw error
      this.#logger.warn({ err: error, subscriber: peer.name }, 'events were not delivered; they are sent again')
    }
    return events.map(() => 'failed')
  }
}
