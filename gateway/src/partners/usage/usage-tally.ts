/** What partners have run, as the command records it. */
export interface UsageRow {
  readonly partnerId: string
  readonly operationId: string
  readonly day: string
  calls: number
  errors: number
  points: number
}

export interface KeyShown {
  readonly keyId: string
  readonly lastUsedAt: string
}

export interface UsageBatch {
  readonly usage: readonly UsageRow[]
  readonly keys: readonly KeyShown[]
}

export interface Call {
  readonly partnerId: string
  readonly operationId: string
  readonly hasErrors: boolean
  readonly points: number
}

const msOfDay = 86_400_000

/** Adds up what partners run, by operation and UTC day, and when their keys were last shown. Takes `mostRows` rows at most. */
export class UsageTally {
  readonly #mostRows: number
  readonly #rows = new Map<string, UsageRow>()
  readonly #keys = new Map<string, number>()
  #day = { number: -1, text: '' }

  constructor(mostRows: number) {
    this.#mostRows = mostRows
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0 && this.#keys.size === 0
  }

  /** Counts one call at `now`, in milliseconds of the epoch; answers what could not be kept, for there are too many rows. */
  add({ partnerId, operationId, hasErrors, points }: Call, now: number): UsageRow | null {
    const day = this.#dayOf(now)
    const key = `${partnerId} ${day} ${operationId}`
    let row = this.#rows.get(key)
    const isKept = row !== undefined || this.#rows.size < this.#mostRows
    row ??= { partnerId, operationId, day, calls: 0, errors: 0, points: 0 }
    row.calls += 1
    row.errors += hasErrors ? 1 : 0
    row.points += points
    if (isKept) this.#rows.set(key, row)
    return isKept ? null : row
  }

  shown(keyId: string, now: number): void {
    this.#keys.set(keyId, now)
  }

  /** Takes up to so many rows, and as many keys, out of what was added up. */
  take(most: number): UsageBatch {
    const rows = [...this.#rows].slice(0, most)
    const keys = [...this.#keys].slice(0, most)
    for (const [key] of rows) this.#rows.delete(key)
    for (const [keyId] of keys) this.#keys.delete(keyId)
    return {
      usage: rows.map(([, row]) => row),
      keys: keys.map(([keyId, at]) => ({ keyId, lastUsedAt: new Date(at).toISOString() })),
    }
  }

  #dayOf(now: number): string {
    const number = Math.floor(now / msOfDay)
    if (number !== this.#day.number) this.#day = { number, text: new Date(now).toISOString().slice(0, 10) }
    return this.#day.text
  }
}
