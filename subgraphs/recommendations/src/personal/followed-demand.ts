import { daysOf, type Demand, demandHalfLives } from '@cartograph/recommender'
import type { PrismaClient } from '../database.ts'

/** How much each product of a model is bought, counted at a time. Never changed once made. */
export interface DemandAt {
  /** At `asOf`. */
  readonly demand: Demand
  /** When anything was bought last, in days since 1970: where nothing is bought for a year, last year's trends are today's. */
  readonly asOf: number
}

/** Demand may be so old in an answer. */
const demandAgeMs = 500
/** Transactions are this long at most between noting the time of a change and committing it. */
const longestChangeMs = 15_000
/** A float holds nothing much below 2^-1000; what was ever bought must not be taken for what never was. */
const leastExponent = -1000

interface StateOfDemand {
  /** How many products have any demand, and when that was so by the clock of the database. */
  readonly products: number
  readonly readAt: Date
}

/** Of the state alone there is one row, of nulls beside it. */
interface DemandRow extends StateOfDemand {
  readonly productId: string | null
  readonly recent: number
  readonly lately: number
  readonly orders: number
  readonly lastAt: Date
}

/** The demand for the products of a model, in memory: what has changed is read when it is asked for, at most twice a second. */
export class FollowedDemand {
  readonly #db: PrismaClient
  readonly #itemOf: ReadonlyMap<string, number>
  /** Every product with demand, also those that the model does not know. */
  readonly #stored = new Set<string>()
  /** As stored: logarithms to base 2, as of day 0. */
  readonly #recent: Float64Array
  readonly #lately: Float64Array
  readonly #total: Float64Array
  /** In days since 1970. */
  readonly #lastAt: Float64Array
  /** Changes up to here are known; by the clock of the database. */
  #changesUntil = new Date(0)
  /** When they were asked for, by the clock of this process. */
  #readAtMs = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | null = null
  #current: DemandAt

  constructor(db: PrismaClient, itemOf: ReadonlyMap<string, number>) {
    this.#db = db
    this.#itemOf = itemOf
    this.#recent = new Float64Array(itemOf.size)
    this.#lately = new Float64Array(itemOf.size)
    this.#total = new Float64Array(itemOf.size)
    this.#lastAt = new Float64Array(itemOf.size)
    this.#current = this.#counted()
  }

  /** Demand as it was at most half a second ago. However many ask at the same time, it is read once. */
  async current(): Promise<DemandAt> {
    if (performance.now() - this.#readAtMs > demandAgeMs) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null
      })
      await this.#reading
    }
    return this.#current
  }

  async #read(): Promise<void> {
    const readAtMs = performance.now()
    const since = new Date(this.#changesUntil.getTime() - longestChangeMs)
    const changed = await this.#rowsSince(since)
    let hasChanged = this.#take(changed)
    if (this.#stored.size !== changed[0]!.products) {
      // A row that is gone, when all orders of a product were called off, is not among those that have changed.
      const all = await this.#rowsSince(new Date(0))
      this.#stored.clear()
      this.#total.fill(0)
      this.#lastAt.fill(0)
      this.#take(all)
      hasChanged = true
    }
    if (hasChanged) this.#current = this.#counted()
    this.#readAtMs = readAtMs
  }

  async #rowsSince(since: Date): Promise<DemandRow[]> {
    return this.#db.$queryRaw<DemandRow[]>`
      select s.products, s.read_at as "readAt", d.product_id as "productId", d.recent, d.lately, d.orders,
        d.last_at as "lastAt"
      from (select count(*)::int as products, clock_timestamp() as read_at from product_demand) as s
      left join product_demand d on d.changed_at > ${since}::timestamptz`
  }

  /** Whether there was anything in them. */
  #take(rows: readonly DemandRow[]): boolean {
    this.#changesUntil = rows[0]!.readAt
    for (const { productId, recent, lately, orders, lastAt } of rows) {
      if (productId === null) return false
      this.#stored.add(productId)
      const item = this.#itemOf.get(productId)
      if (item === undefined) continue
      this.#recent[item] = recent
      this.#lately[item] = lately
      this.#total[item] = orders
      this.#lastAt[item] = daysOf(lastAt)
    }
    return true
  }

  #counted(): DemandAt {
    const asOf = this.#lastAt.reduce((latest, at) => Math.max(latest, at), 0)
    const total = this.#total.slice()
    const countOf = (halfLife: number) => (logarithm: number, item: number) =>
      total[item] === 0 ? 0 : 2 ** Math.max(logarithm - asOf / halfLife, leastExponent)
    return {
      demand: {
        recent: this.#recent.map(countOf(demandHalfLives.recent)),
        lately: this.#lately.map(countOf(demandHalfLives.lately)),
        total,
      },
      asOf,
    }
  }
}
