import { minuteMs, type PointsGranted } from './points-ledger.ts'

/** What was spent is known for this long, and up to twice as long. */
const latelyMs = 5_000
/** Of a budget, in one lease. */
const largestShare = 1 / 20

/** What a gateway holds of a partner's budget, and knows of the rest. All times are of one clock that only goes forward. */
export class PointsLease {
  #available = 0
  /** What the ledger had left, at most; null for what is not known. */
  #remaining: number | null = null
  #endsAt = 0
  #budget = 0
  #spent = { since: 0, points: 0, before: 0 }

  /** What may be spent at `now` without asking. */
  available(now: number): number {
    this.#endWithMinute(now)
    return this.#available
  }

  /** Whether the ledger is known to have less than `points`: it gets no more before the minute is over. */
  isSpent(points: number, budget: number, now: number): boolean {
    this.#endWithMinute(now)
    return points > budget || (budget === this.#budget && this.#remaining !== null && points > this.#remaining)
  }

  spend(points: number, now: number): void {
    this.#available -= points
    this.#turn(now)
    this.#spent.points += points
  }

  /**
   * How many points are worth taking at once: as many as were spent lately or are waited for, and a twentieth of `budget` at
   * most.
   */
  wanted(budget: number, waiting: number, now: number): number {
    this.#turn(now)
    const lately = this.#spent.points + this.#spent.before
    return Math.min(Math.floor(budget * largestShare), Math.max(lately, waiting))
  }

  /** Adds what the ledger granted to a request that was sent at `askedAt`: its minute ends no earlier than this says. */
  add({ granted, remaining, msToReset }: PointsGranted, budget: number, askedAt: number): void {
    const endsAt = askedAt + msToReset
    // Another minute than that of the points which are held.
    if (endsAt - this.#endsAt > minuteMs / 2) this.#available = 0
    this.#available += granted
    this.#remaining = remaining
    this.#budget = budget
    this.#endsAt = endsAt
  }

  /** What is left of `budget` by what is known here. */
  remaining(budget: number, now: number): number {
    this.#endWithMinute(now)
    return Math.min(budget, (this.#remaining ?? budget) + this.#available)
  }

  /** When the minute ends; null as long as the ledger has not said. */
  msToReset(now: number): number | null {
    if (this.#endsAt === 0) return null
    const ms = (this.#endsAt - now) % minuteMs
    return ms > 0 ? ms : ms + minuteMs
  }

  #endWithMinute(now: number): void {
    if (now < this.#endsAt) return
    this.#available = 0
    this.#remaining = null
  }

  #turn(now: number): void {
    const age = now - this.#spent.since
    if (age < latelyMs) return
    this.#spent = { since: now, points: 0, before: age < 2 * latelyMs ? this.#spent.points : 0 }
  }
}
