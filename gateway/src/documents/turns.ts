import { setImmediate } from 'node:timers/promises'

/** Lets what takes long be done once each time the event loop goes round, so that all else is done in between. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Resolves in a round of its own, after all that were asked for before. */
  take(): Promise<void> {
    this.#last = this.#last.then(() => setImmediate())
    return this.#last
  }
}
