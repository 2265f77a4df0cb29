import { setTimeout as pause } from 'node:timers/promises'
import { type Logger, within } from '@cartograph/service-runtime'
import type { PgBoss } from 'pg-boss'
import type { Job, JobOutcome } from './job-queue.ts'

export interface JobLimits {
  /** Of this process. */
  readonly mostAtOnce: number
  /** Of one group, in all processes together; those that look at the same moment may take more. */
  readonly mostOfGroup: number
}

/** How often it looks for jobs that nobody has told it of: those of crashed processes, and those whose time has come. */
const pollingIntervalMs = 1_000

/** How long `stop` waits for what is under way. */
const patienceMs = 5_000

/**
 * Carries out the jobs of a queue each by itself, so that a slow one holds up nobody else: what is free takes the next.
 * A job that fails is tried again by the queue's policy; one that was begun and given to another meanwhile is left to it.
 */
export class JobWorker<Data extends object> {
  readonly #boss: PgBoss
  readonly #queue: string
  readonly #limits: JobLimits
  readonly #handle: (job: Job<Data>) => Promise<Exclude<JobOutcome, 'rejected'>>
  readonly #logger: Logger
  readonly #underWay = new Set<Promise<void>>()
  readonly #running: Promise<void>
  #isStopping = false
  #awake = Promise.withResolvers<void>()

  constructor(
    boss: PgBoss,
    queue: string,
    limits: JobLimits,
    handle: (job: Job<Data>) => Promise<Exclude<JobOutcome, 'rejected'>>,
    logger: Logger,
  ) {
    this.#boss = boss
    this.#queue = queue
    this.#limits = limits
    this.#handle = handle
    this.#logger = logger
    this.#running = this.#run()
  }

  /** Has it look for jobs now. */
  wake(): void {
    this.#awake.resolve()
  }

  /** Begins nothing new, and resolves when nothing is under way, or after five seconds. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.wake()
    await this.#running
    await within(patienceMs, Promise.all(this.#underWay))
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      this.#awake = Promise.withResolvers()
      const begun = await this.#beginJobs()
      // Behind what was found there may be more, of groups that were not asked for because of these.
      if (begun > 0) continue
      const timer = new AbortController()
      const tick = pause(pollingIntervalMs, undefined, { signal: timer.signal }).catch(() => {})
      await Promise.race([this.#awake.promise, tick])
      timer.abort()
    }
  }

  async #beginJobs(): Promise<number> {
    const { mostAtOnce, mostOfGroup } = this.#limits
    const room = mostAtOnce - this.#underWay.size
    if (room === 0) return 0
    try {
      const options = { batchSize: room, includeMetadata: true, groupConcurrency: mostOfGroup } as const
      const jobs = await this.#boss.fetch<Data>(this.#queue, options)
      for (const { id, data, retryCount } of jobs) this.#begin({ id, data, retries: retryCount })
      return jobs.length
    } catch (error) {
      this.#logger.warn({ err: error, queue: this.#queue }, 'a job queue could not reach its database')
      return 0
    }
  }

  #begin(job: Job<Data>): void {
    const end = this.#carryOut(job).finally(() => {
      this.#underWay.delete(end)
      // Its place is free, and one of its group.
      this.wake()
    })
    this.#underWay.add(end)
  }

  async #carryOut(job: Job<Data>): Promise<void> {
    try {
      const outcome = await this.#handle(job)
      const claim = { id: job.id, retryCount: job.retries }
      if (outcome === 'done') await this.#boss.complete(this.#queue, claim)
      else await this.#boss.fail(this.#queue, claim)
    } catch (error) {
      this.#logger.error(
        { err: error, queue: this.#queue, job: job.id },
        'a job was not settled; it is given to another',
      )
    }
  }
}
