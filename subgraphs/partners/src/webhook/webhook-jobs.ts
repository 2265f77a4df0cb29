import type { JobQueue, QueuePolicy, Transaction, TransactionalDatabase } from '@cartograph/messaging'

/** A try to be made of a delivery: the one after so many, and no other. */
export interface WebhookJob {
  readonly deliveryId: string
  readonly attempt: number
}

export interface PlannedTry extends WebhookJob {
  readonly endpointId: string
  readonly startAfterSeconds?: number
}

const queue = 'webhooks'

/** Sending takes ten seconds at most, and noting it a few: a job that lasts longer is one of a process that died. */
export const webhookQueuePolicy: QueuePolicy = {
  name: queue,
  expireInSeconds: 20,
  // Tries to send are not counted here: what fails here is our own database.
  retryLimit: 1_000_000_000,
  retryDelay: 1,
  retryDelayMax: 60,
}

/** Endpoints that hang hold four places each: sixteen of them, at once, have to before others wait. */
const limits = { mostAtOnce: 64, mostOfGroup: 4 }

/** The tries that are to be made: planned in a transaction, and made by any process of the service. */
export class WebhookJobs {
  readonly #jobs: JobQueue
  readonly #planned = new WeakSet<Transaction>()

  constructor(jobs: JobQueue) {
    this.#jobs = jobs
  }

  /** Plans tries in the caller's transaction, which is to be one of `wakingAfter`. */
  async plan(tx: Transaction, tries: readonly PlannedTry[]): Promise<void> {
    if (tries.length === 0) return
    this.#planned.add(tx)
    await this.#jobs.enqueue(
      tx,
      queue,
      tries.map(({ deliveryId, attempt, endpointId, startAfterSeconds }) => ({
        data: { deliveryId, attempt } satisfies WebhookJob,
        groupId: endpointId,
        ...(startAfterSeconds !== undefined && { startAfterSeconds }),
      })),
    )
  }

  /** `db`, where a transaction that planned has this process look for what is to be done, when it has committed. */
  wakingAfter<Tx extends Transaction>(db: TransactionalDatabase<Tx>): TransactionalDatabase<Tx> {
    return {
      $transaction: async (run) => {
        const { outcome, planned } = await db.$transaction(async (tx) => {
          const result = await run(tx)
          return { outcome: result, planned: this.#planned.has(tx) }
        })
        if (planned) this.#jobs.wake(queue)
        return outcome
      },
    }
  }

  /** Has this process make tries, until the queue is stopped. */
  start(make: (job: WebhookJob) => Promise<'done' | 'failed'>): void {
    this.#jobs.workEach<WebhookJob>(queue, limits, ({ data }) => make(data))
  }
}
