/** So many exchanges in a row that failed by a limit open it. */
const failuresThatOpen = 5
/** How long an open breaker lets nothing through; doubled, up to the most, with each trial that fails. */
const firstPauseMs = 500
const longestPauseMs = 8_000

/**
 * Stops asking a subgraph that does not answer in time: after five such failures in a row requests fail at once, but for
 * one after a pause, whose answer closes it again. After Nygard, "Release It!", "Circuit Breaker".
 */
export class CircuitBreaker {
  readonly #now: () => number
  #failures = 0
  #pauseMs = firstPauseMs
  #closedUntilTrialAt = 0
  #isTrying = false

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  get isOpen(): boolean {
    return this.#failures >= failuresThatOpen
  }

  /** Whether a request may be sent now; when the breaker is open that request is its trial. */
  admits(): boolean {
    if (!this.isOpen) return true
    if (this.#isTrying || this.#now() < this.#closedUntilTrialAt) return false
    this.#isTrying = true
    return true
  }

  succeeded(): void {
    this.#failures = 0
    this.#pauseMs = firstPauseMs
    this.#isTrying = false
  }

  failed(): void {
    this.#failures += 1
    if (!this.isOpen) return
    if (this.#isTrying) this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2)
    this.#isTrying = false
    this.#closedUntilTrialAt = this.#now() + this.#pauseMs
  }

  /** A request that was admitted told nothing about the subgraph, as when its client left. */
  learnedNothing(): void {
    this.#isTrying = false
  }
}
