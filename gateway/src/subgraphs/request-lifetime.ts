import type { FastifyReply } from 'fastify'

/**
 * How long a client's request may still take, and whether its client is still there. What is under way for it registers how
 * it is to be given up.
 */
export class RequestLifetime {
  /** Milliseconds of `performance.now()`. */
  readonly startedAt = performance.now()
  readonly #endsAt: number
  readonly #underWay = new Set<() => void>()
  #isAbandoned = false

  constructor(deadlineMs: number) {
    this.#endsAt = this.startedAt + deadlineMs
  }

  /** True once nobody waits for the answer any more. */
  get isAbandoned(): boolean {
    return this.#isAbandoned
  }

  elapsedMs(): number {
    return performance.now() - this.startedAt
  }

  /** Zero or less when the deadline has passed. */
  remainingMs(): number {
    return this.#endsAt - performance.now()
  }

  /** `giveUp` is called at most once, when the client leaves; `finished` forgets it. */
  add(giveUp: () => void): void {
    if (this.#isAbandoned) giveUp()
    else this.#underWay.add(giveUp)
  }

  finished(giveUp: () => void): void {
    this.#underWay.delete(giveUp)
  }

  /** The client has left. */
  abandon(): void {
    this.#isAbandoned = true
    for (const giveUp of this.#underWay) giveUp()
    this.#underWay.clear()
  }
}

/** The lifetime of the request that `reply` answers: its client has left when the connection ends before the answer does. */
export function lifetimeOf({ raw }: FastifyReply, deadlineMs: number): RequestLifetime {
  const lifetime = new RequestLifetime(deadlineMs)
  const onClose = () => {
    if (!raw.writableFinished) lifetime.abandon()
  }
  // It may have left while its token was looked at.
  if (raw.closed) onClose()
  else raw.once('close', onClose)
  return lifetime
}
