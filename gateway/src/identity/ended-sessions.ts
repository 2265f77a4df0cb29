import { accessTokenLifetimeMs } from '@cartograph/viewer'

/** A token may be signed a moment after its session has ended, and by another machine's clock. */
const marginMs = 60_000

/**
 * The sessions of which this gateway was told that they have ended, for as long as an access token of theirs could live.
 * In memory alone: a gateway that starts has forgotten them, and then the tokens end by themselves.
 */
export class EndedSessions {
  /** When each may be forgotten, in the order in which they may. */
  readonly #until = new Map<string, number>()

  /** Remembers these from `now` on. Being told twice is harmless. */
  add(sessionIds: readonly string[], now = Date.now()): void {
    this.#forget(now)
    for (const id of sessionIds) {
      this.#until.delete(id)
      this.#until.set(id, now + accessTokenLifetimeMs + marginMs)
    }
  }

  has(sessionId: string, now = Date.now()): boolean {
    const until = this.#until.get(sessionId)
    return until !== undefined && until > now
  }

  /** How many are remembered. */
  get size(): number {
    return this.#until.size
  }

  #forget(now: number): void {
    for (const [id, until] of this.#until) {
      if (until > now) return
      this.#until.delete(id)
    }
  }
}
