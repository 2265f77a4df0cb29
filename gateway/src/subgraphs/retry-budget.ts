/** Retries saved up at most, and so how many can follow upon a moment of failures. */
const mostSaved = 10

/**
 * How many reads may be sent again: one for every ten that are sent, so that a subgraph that fails under load is not given
 * twice the load. The budget of Finagle's RetryBudget.
 */
export class RetryBudget {
  #saved = mostSaved

  /** A read is sent for the first time. */
  deposit(): void {
    this.#saved = Math.min(mostSaved, this.#saved + 0.1)
  }

  /** Whether there is a retry left, which is then spent. */
  withdraw(): boolean {
    if (this.#saved < 1) return false
    this.#saved -= 1
    return true
  }
}
