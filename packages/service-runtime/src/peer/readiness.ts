import { setTimeout as pause } from 'node:timers/promises'

const probeEveryMs = 100

/**
 * What is known of whether a service answers: it does, until somebody doubts it; then it is asked, by one for all, ten
 * times a second, so that a thousand who wait for it burden it no more than one does.
 */
export class Readiness {
  readonly #isReady: () => Promise<boolean>
  #recovery: Promise<void> | null = null
  #isClosed = false

  /** `isReady` answers, or throws, within a time of its own. */
  constructor(isReady: () => Promise<boolean>) {
    this.#isReady = isReady
  }

  /** A request failed in a way that others may. */
  doubt(): void {
    this.#recovery ??= this.#probe().finally(() => (this.#recovery = null))
  }

  /** Resolves when it answers, as far as is known, or when nobody will ask any more. */
  async ready(): Promise<void> {
    await this.#recovery
  }

  /** Asks no more. */
  close(): void {
    this.#isClosed = true
  }

  async #probe(): Promise<void> {
    while (!this.#isClosed && !(await this.#isReady().catch(() => false))) await pause(probeEveryMs)
  }
}
