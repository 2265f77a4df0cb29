import type { Partner } from '../directory/partner.ts'
import { PointsLease } from './points-lease.ts'
import { minuteMs, type PointsLedger } from './points-ledger.ts'

interface Waiting {
  readonly partner: Partner
  readonly points: number
  readonly settle: (isPaid: boolean) => void
  readonly fail: (error: unknown) => void
}

interface Account {
  readonly lease: PointsLease
  readonly queue: Waiting[]
  isTaking: boolean
}

/** What is left of a budget, and for how long. */
export interface Standing {
  readonly remaining: number
  readonly msToReset: number
}

/**
 * Has partners pay for operations out of their points a minute. A gateway takes leases from the ledger and spends them by
 * itself, so that few requests wait; of a partner one take is under way at a time, and who comes meanwhile is served after it,
 * in order. A lease ends with its minute.
 */
export class PartnerBudgets {
  readonly #ledger: PointsLedger
  readonly #now: () => number
  readonly #accounts = new Map<string, Account>()

  /** `now` is in milliseconds and only goes forward. */
  constructor(ledger: PointsLedger, now: () => number = () => performance.now()) {
    this.#ledger = ledger
    this.#now = now
  }

  /** Whether `partner` has paid `points`; at once where the lease has them or nobody can. Rejects when the ledger does. */
  pay(partner: Partner, points: number): boolean | Promise<boolean> {
    const account = this.#accountOf(partner)
    if (account.queue.length === 0) {
      const isPaid = this.#tryToPay(account.lease, partner, points)
      if (isPaid !== null) return isPaid
    }
    return new Promise((resolve, reject) => {
      account.queue.push({ partner, points, settle: resolve, fail: reject })
      if (!account.isTaking) void this.#serve(account)
    })
  }

  standing(partner: Partner): Standing {
    const { lease } = this.#accountOf(partner)
    const now = this.#now()
    return {
      remaining: lease.remaining(partner.pointsPerMinute, now),
      msToReset: lease.msToReset(now) ?? minuteMs - (Date.now() % minuteMs),
    }
  }

  close(): Promise<void> {
    return this.#ledger.close()
  }

  #accountOf({ id }: Partner): Account {
    let account = this.#accounts.get(id)
    if (!account) this.#accounts.set(id, (account = { lease: new PointsLease(), queue: [], isTaking: false }))
    return account
  }

  /** Null where only the ledger can tell. */
  #tryToPay(lease: PointsLease, { pointsPerMinute }: Partner, points: number): boolean | null {
    const now = this.#now()
    const available = lease.available(now)
    if (available >= points) {
      lease.spend(points, now)
      return true
    }
    return lease.isSpent(points - available, pointsPerMinute, now) ? false : null
  }

  async #serve(account: Account): Promise<void> {
    account.isTaking = true
    try {
      for (let [first] = account.queue; first; [first] = account.queue) {
        const isPaid = this.#tryToPay(account.lease, first.partner, first.points)
        if (isPaid === null) {
          await this.#take(account, first)
          continue
        }
        account.queue.shift()
        first.settle(isPaid)
      }
    } catch (error) {
      for (const { fail } of account.queue.splice(0)) fail(error)
    } finally {
      account.isTaking = false
    }
  }

  async #take({ lease, queue }: Account, { partner, points }: Waiting): Promise<void> {
    const askedAt = this.#now()
    const budget = partner.pointsPerMinute
    const available = lease.available(askedAt)
    const need = points - available
    const waiting = queue.reduce((sum, each) => sum + each.points, 0) - available
    const want = Math.max(need, lease.wanted(budget, waiting, askedAt))
    const taken = await this.#ledger.take(partner.id, { budget, need, want })
    lease.add(taken, budget, askedAt)
  }
}
