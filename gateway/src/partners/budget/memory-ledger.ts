import { grantOf, minuteMs, type PointsGranted, type PointsLedger, type PointsWanted } from './points-ledger.ts'

/** A ledger of one gateway, which others know nothing of. */
export class MemoryLedger implements PointsLedger {
  readonly #now: () => number
  readonly #spent = new Map<string, { minute: number; points: number }>()

  /** `now` is in milliseconds of the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  async take(partnerId: string, wanted: PointsWanted): Promise<PointsGranted> {
    const spent = this.#ofThisMinute(partnerId)
    const remaining = Math.max(0, wanted.budget - spent.points)
    const granted = grantOf(remaining, wanted)
    spent.points += granted
    return { granted, remaining: remaining - granted, msToReset: minuteMs - (this.#now() % minuteMs) }
  }

  /** Counts what was granted elsewhere. */
  note(partnerId: string, points: number): void {
    this.#ofThisMinute(partnerId).points += points
  }

  async close(): Promise<void> {}

  #ofThisMinute(partnerId: string): { minute: number; points: number } {
    const minute = Math.floor(this.#now() / minuteMs)
    const known = this.#spent.get(partnerId)
    if (known?.minute === minute) return known
    const begun = { minute, points: 0 }
    this.#spent.set(partnerId, begun)
    return begun
  }
}
