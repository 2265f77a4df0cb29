import { once } from 'node:events'
import type { Logger } from '@cartograph/service-runtime/process'
import { Redis } from 'ioredis'
import { StoredAnswer } from './stored-answer.ts'

/** A subgraph answers most fetches within that time; what is slower is no help. */
const deadlineMs = 50
const connectTimeoutMs = 1_000
const longestPauseMs = 5_000
const prefix = 'cartograph:answer:'

/**
 * Answers in a Redis that gateways have in common. It is never waited for: while it does not answer, in time or at all,
 * nothing is found and nothing kept, which is logged once each time it begins.
 */
export class RedisAnswers {
  readonly #redis: Redis
  readonly #logger: Logger
  #isFailing = false

  constructor(url: string, logger: Logger) {
    this.#logger = logger
    this.#redis = new Redis(url, {
      commandTimeout: deadlineMs,
      connectTimeout: connectTimeoutMs,
      // A command fails at once while there is no connection, and is not sent again after one was lost.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (times) => Math.min(times * 100, longestPauseMs),
    })
    this.#redis.on('error', (error: Error) => this.#failed(error))
  }

  async get(key: string): Promise<StoredAnswer | null> {
    const serialized = await this.#tried(this.#redis.get(prefix + key))
    return serialized == null ? null : StoredAnswer.parse(serialized)
  }

  async set(key: string, answer: StoredAnswer, now: number): Promise<void> {
    const lifetimeMs = Math.ceil(answer.staleAt - now)
    if (lifetimeMs > 0) await this.#tried(this.#redis.set(prefix + key, answer.serialize(), 'PX', lifetimeMs))
  }

  /** Resolves once there is a connection; nobody has to wait for it. */
  async connected(): Promise<void> {
    if (this.#redis.status !== 'ready') await once(this.#redis, 'ready')
  }

  close(): void {
    this.#redis.disconnect()
  }

  async #tried<Reply>(command: Promise<Reply>): Promise<Reply | undefined> {
    try {
      const reply = await command
      this.#isFailing = false
      return reply
    } catch (error) {
      this.#failed(error as Error)
      return undefined
    }
  }

  #failed(error: Error): void {
    if (!this.#isFailing) this.#logger.warn({ err: error }, 'The Redis of the answer cache does not answer.')
    this.#isFailing = true
  }
}
