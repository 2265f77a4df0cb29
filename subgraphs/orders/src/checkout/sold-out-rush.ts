import { variantAvailability } from '@cartograph/contracts'
import type { Peer } from '@cartograph/service-runtime'

/** How long after somebody was refused for lack of stock the next are likely to be. */
const lastsMs = 2_000

/** How long an answer of inventory serves others who want to know the same. */
const servesMs = 50

const deadlineMs = 500

interface Asked {
  readonly at: number
  readonly available: Promise<ReadonlyMap<string, number>>
}

/** Whether buyers are being refused for lack of stock right now, in this process: then it pays to ask before holding. */
export class SoldOutRush {
  readonly #inventory: Peer
  readonly #now: () => Date
  readonly #asked = new Map<string, Asked>()
  #until = 0

  constructor(inventory: Peer, now: () => Date) {
    this.#inventory = inventory
    this.#now = now
  }

  /** Somebody was just refused. */
  note(): void {
    this.#until = this.#now().getTime() + lastsMs
  }

  isOn(): boolean {
    const on = this.#now().getTime() < this.#until
    if (!on) this.#asked.clear()
    return on
  }

  /**
   * How many units of each variant can be bought. Who asks for the same within a twentieth of a second gets the same
   * answer, for in a rush everybody does. Throws UnansweredError.
   */
  available(variantIds: readonly string[], requestId: string): Promise<ReadonlyMap<string, number>> {
    const at = this.#now().getTime()
    const key = variantIds.join()
    const asked = this.#asked.get(key)
    if (asked && at - asked.at < servesMs) return asked.available
    const available = this.#ask(variantIds, requestId)
    // Who asks next does so anew.
    available.catch(() => this.#asked.delete(key))
    this.#asked.set(key, { at, available })
    return available
  }

  async #ask(variantIds: readonly string[], requestId: string): Promise<ReadonlyMap<string, number>> {
    const input = { variantIds: [...variantIds] }
    const found = await this.#inventory.ask(variantAvailability, input, { deadlineMs, requestId })
    return new Map(found.map(({ variantId, available }) => [variantId, Math.max(0, available)]))
  }
}
