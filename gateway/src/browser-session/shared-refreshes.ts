import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { SessionOutcome } from './users-sessions.ts'

interface Refresh {
  readonly tokenHash: string
  readonly outcome: Promise<SessionOutcome>
}

/** Tabs that find their token expired at one moment refresh within this time of each other. */
export const sharedForMs = 10_000

/**
 * Has the tabs of one browser, which come with the same refresh cookie, share one refresh: the first asks users, and
 * who follows within ten seconds is given the same answer. So the browser keeps one refresh token, whichever answer it
 * gets last. Without this the second would show a used token. It holds within this process; tabs that meet different
 * gateways rely on users alone.
 */
export class SharedRefreshes {
  readonly #latest: LRUCache<string, Refresh>

  constructor(clock: { now(): number } = performance) {
    this.#latest = new LRUCache({ max: 10_000, ttl: sharedForMs, ttlResolution: 0, perf: clock })
  }

  /** A failed refresh, and a refused one, is not shared with who comes after it. */
  async refresh(sessionId: string, refreshToken: string, run: () => Promise<SessionOutcome>): Promise<SessionOutcome> {
    const tokenHash = createHash('sha256').update(refreshToken).digest('base64url')
    const known = this.#latest.get(sessionId)
    if (known?.tokenHash === tokenHash) return known.outcome
    const refresh = { tokenHash, outcome: run() }
    this.#latest.set(sessionId, refresh)
    const forget = () => {
      if (this.#latest.peek(sessionId) === refresh) this.#latest.delete(sessionId)
    }
    try {
      const outcome = await refresh.outcome
      if (!outcome.session) forget()
      return outcome
    } catch (error) {
      forget()
      throw error
    }
  }

  /** Nobody is given an answer of this session any more. To be called when it ends. */
  forget(sessionId: string): void {
    this.#latest.delete(sessionId)
  }
}
