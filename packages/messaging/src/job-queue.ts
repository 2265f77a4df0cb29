import { createHash } from 'node:crypto'
import type { Logger } from '@cartograph/service-runtime'
import pg from 'pg'
import { fromPrisma, type JobResult, type JobWithMetadata, PgBoss } from 'pg-boss'
import { type JobLimits, JobWorker } from './job-worker.ts'
import type { Transaction } from './transaction.ts'

/** How jobs of a queue are carried out. Seconds throughout. */
export interface QueuePolicy {
  readonly name: string
  /** A job that was begun and has not ended after this long is given to another worker. */
  readonly expireInSeconds: number
  /** Where jobs last long: how soon one is given to another worker whose process has died, ten seconds at least. */
  readonly heartbeatSeconds?: number
  readonly retryLimit: number
  readonly retryDelay: number
  /** Where there is one, delays double from one retry to the next, up to this. */
  readonly retryDelayMax?: number
}

export interface EnqueueOptions {
  /** A UUID; one is made when none is given. */
  readonly id?: string
  readonly startAfterSeconds?: number
  /** What `workEach` carries out only so many of at once. */
  readonly groupId?: string
}

export interface Job<Data> {
  readonly id: string
  readonly data: Data
  /** How often it was begun before. */
  readonly retries: number
}

/** What became of a job: `failed` ones are tried again later, `rejected` ones never. */
export type JobOutcome = 'done' | 'failed' | 'rejected'

/** Where jobs go that were rejected, or failed once too often; a command lists them and sends them again. */
export const deadLetterQueue = 'dead-letters'

/** Idle workers look for jobs of crashed processes this often; new jobs of their own process wake them at once. */
const pollingIntervalSeconds = 1

/** pg-boss removes what has waited for two weeks, unless told otherwise; what waits here is owed. */
const retentionSeconds = 10 * 365 * 24 * 3_600

const mostConnections = 4
const removalDelayMs = 50

/**
 * Durable jobs in the service's own database, on pg-boss (its schema comes with the migrations): enqueued in the
 * transaction of the change that causes them, carried out at least once by any process of the service.
 */
export class JobQueue {
  readonly #boss: PgBoss
  readonly #pool: pg.Pool
  readonly #policies: ReadonlyMap<string, QueuePolicy>
  readonly #logger: Logger
  readonly #workers = new Map<string, string>()
  readonly #eachWorkers = new Map<string, JobWorker<never>>()
  readonly #unneeded = new Map<string, string[]>()

  private constructor(boss: PgBoss, pool: pg.Pool, logger: Logger, policies: readonly QueuePolicy[]) {
    this.#boss = boss
    this.#logger = logger
    this.#pool = pool
    this.#policies = new Map(policies.map((policy) => [policy.name, policy]))
  }

  /** Opens the queues, making those that are not there. Jobs begin when `work` is called. */
  static async open(options: {
    connectionString: string
    logger: Logger
    queues: readonly QueuePolicy[]
  }): Promise<JobQueue> {
    const { connectionString, logger, queues } = options
    // Connections of its own: requests and jobs must not wait for each other.
    const pool = new pg.Pool({
      connectionString,
      max: mostConnections,
      connectionTimeoutMillis: 3_000,
      // As for requests: an answer that never comes must not hold a worker for ever.
      query_timeout: 3_000,
    })
    // One that breaks while it is being closed would otherwise end the process.
    pool.on('connect', (client) => client.on('error', () => {}))
    pool.on('error', (error) => logger.warn({ err: error }, 'an idle connection of the job queue broke'))
    const boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(preparedOf(text, values)) },
      createSchema: false,
      migrate: false,
      schedule: false,
      registerInstance: false,
      // What a killed process had begun is given to another one after expireInSeconds and at most this.
      superviseIntervalSeconds: 1,
      monitorIntervalSeconds: 1,
      maintenanceIntervalSeconds: 300,
    })
    // It retries by itself; a database that is away must not end the process.
    boss.on('error', (error) => logger.warn({ err: error }, 'a job queue could not reach its database'))
    await boss.start()
    const known = new Set((await boss.getQueues()).map(({ name }) => name))
    const dead = { retryLimit: 0, retentionSeconds }
    if (known.has(deadLetterQueue)) await boss.updateQueue(deadLetterQueue, dead)
    else await boss.createQueue(deadLetterQueue, dead)
    for (const { name, ...policy } of queues) {
      const queue = {
        ...policy,
        retryBackoff: policy.retryDelayMax !== undefined,
        retentionSeconds,
        deadLetter: deadLetterQueue,
        deleteAfterSeconds: 3_600,
      }
      if (known.has(name)) await boss.updateQueue(name, queue)
      else await boss.createQueue(name, queue)
    }
    return new JobQueue(boss, pool, logger, queues)
  }

  /**
   * Adds jobs in the caller's transaction: they are there if it commits, and only then. Call `wake` afterwards. Without
   * a transaction they are there at once.
   */
  async enqueue(
    tx: Transaction | null,
    queue: string,
    jobs: readonly (EnqueueOptions & { data: object })[],
  ): Promise<void> {
    if (!this.#policies.has(queue)) throw new Error(`there is no queue "${queue}"`)
    await this.#boss.insert(
      queue,
      jobs.map(({ id, data, startAfterSeconds, groupId }) => ({
        data,
        ...(groupId !== undefined && { group: { id: groupId } }),
        ...(id !== undefined && { id }),
        ...(startAfterSeconds !== undefined && { startAfter: startAfterSeconds }),
      })),
      tx ? { db: fromPrisma(tx) } : {},
    )
  }

  /**
   * Removes a job that is no longer needed, a little later and together with others: a process that dies before has
   * left one to be carried out for nothing.
   */
  removeLater(queue: string, id: string): void {
    const ids = this.#unneeded.get(queue)
    if (ids) return void ids.push(id)
    this.#unneeded.set(queue, [id])
    setTimeout(() => void this.#removeUnneeded(queue), removalDelayMs)
  }

  /**
   * Removes, in the caller's transaction, every job whose data has this value at this field: in all queues, in whatever
   * state, dead letters too. For what must be forgotten; one that is being carried out comes to its end.
   */
  async forget(tx: Transaction, field: string, value: string): Promise<void> {
    await tx.$executeRawUnsafe('delete from pgboss.job where data->>$1 = $2', field, value)
  }

  async #removeUnneeded(queue: string): Promise<void> {
    const ids = this.#unneeded.get(queue)
    this.#unneeded.delete(queue)
    try {
      if (ids) await this.#boss.deleteJob(queue, ids)
    } catch (error) {
      this.#logger.warn({ err: error, queue }, 'jobs that are not needed were not removed; they do nothing')
    }
  }

  /** Has this process carry out jobs of a queue, in batches of up to `batchSize`; each job has an outcome of its own. */
  async work<Data extends object>(
    queue: string,
    batchSize: number,
    handle: (jobs: Job<Data>[]) => Promise<JobOutcome[]>,
  ): Promise<void> {
    const options = {
      batchSize,
      pollingIntervalSeconds,
      // Behind a full batch there is more: it is not waited for.
      burstWhenBatchFull: true,
      perJobResults: true,
      includeMetadata: true,
    } as const
    const worker = await this.#boss.work(queue, options, async (jobs: JobWithMetadata<Data>[]) => {
      const outcomes = await handle(jobs.map(({ id, data, retryCount }) => ({ id, data, retries: retryCount })))
      return jobs.map(({ id }, index): JobResult => ({ id, status: statusOf[outcomes[index] ?? 'failed'] }))
    })
    this.#workers.set(queue, worker)
  }

  /**
   * Has this process carry out jobs of a queue, each by itself: for jobs that may be slow, and must not wait for others
   * that are. What lasts longer than the queue's expireInSeconds is given to another process as well.
   */
  workEach<Data extends object>(
    queue: string,
    limits: JobLimits,
    handle: (job: Job<Data>) => Promise<Exclude<JobOutcome, 'rejected'>>,
  ): void {
    this.#eachWorkers.set(queue, new JobWorker<Data>(this.#boss, queue, limits, handle, this.#logger))
  }

  /** Has this process look for jobs now. To be called after the transaction that enqueued them. */
  wake(queue: string): void {
    const worker = this.#workers.get(queue)
    if (worker !== undefined) this.#boss.notifyWorker(worker)
    this.#eachWorkers.get(queue)?.wake()
  }

  /** Begins nothing new, lets what is under way finish for up to five seconds, and resolves. */
  async stop(): Promise<void> {
    await Promise.all(Array.from(this.#unneeded.keys(), (queue) => this.#removeUnneeded(queue)))
    await Promise.all(Array.from(this.#eachWorkers.values(), (worker) => worker.stop()))
    await this.#boss.stop({ graceful: true, timeout: 5_000, close: false })
    await this.#pool.end()
  }
}

const statusOf = { done: 'completed', failed: 'failed', rejected: 'deadletter' } as const

const names = new Map<string, string>()

/** pg-boss sends a few dozen texts again and again; prepared, each is parsed once for a connection. */
function preparedOf(text: string, values: unknown[] | undefined): pg.QueryConfig {
  // Several statements in one text cannot be prepared.
  if (values === undefined || values.length === 0) return { text }
  const known = names.get(text)
  const name = known ?? `boss ${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`
  if (known === undefined) names.set(text, name)
  return { name, text, values }
}
