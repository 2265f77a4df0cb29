import type { Logger } from '@cartograph/service-runtime/process'
import { MemoryLedger } from './memory-ledger.ts'
import type { PointsGranted, PointsLedger, PointsWanted } from './points-ledger.ts'

const tryAgainAfterMs = 1_000

/**
 * A ledger that gateways have in common, while it answers. While it does not, this gateway counts the whole budget by itself,
 * with what it was granted of the minute before, and tries the other once a second: each gateway may then let a partner spend
 * its budget, and nobody is refused for what is no fault of theirs.
 */
export class FailoverLedger implements PointsLedger {
  readonly #ledger: PointsLedger
  readonly #own: MemoryLedger
  readonly #now: () => number
  readonly #logger: Logger
  #awayUntil: number | null = null

  /** `now` is in milliseconds of the epoch. */
  constructor(ledger: PointsLedger, logger: Logger, now: () => number = Date.now) {
    this.#ledger = ledger
    this.#own = new MemoryLedger(now)
    this.#now = now
    this.#logger = logger
  }

  async take(partnerId: string, wanted: PointsWanted): Promise<PointsGranted> {
    if (this.#awayUntil !== null && this.#now() < this.#awayUntil) return this.#own.take(partnerId, wanted)
    // One tries; the others do not wait for what it comes to.
    if (this.#awayUntil !== null) this.#awayUntil = this.#now() + tryAgainAfterMs
    try {
      const taken = await this.#ledger.take(partnerId, wanted)
      this.#own.note(partnerId, taken.granted)
      if (this.#awayUntil !== null) this.#logger.info('the ledger of budgets answers again')
      this.#awayUntil = null
      return taken
    } catch (error) {
      if (this.#awayUntil === null)
        this.#logger.error({ err: error }, 'the ledger of budgets does not answer; this gateway counts by itself')
      this.#awayUntil = this.#now() + tryAgainAfterMs
      return this.#own.take(partnerId, wanted)
    }
  }

  close(): Promise<void> {
    return this.#ledger.close()
  }
}
