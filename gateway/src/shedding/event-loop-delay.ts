import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 10
const windowMs = 250

/**
 * How late the event loop is, in milliseconds: the median of the last window, so that neither one long task nor a garbage
 * collection counts, but only a loop that is late each time round.
 */
export class EventLoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  readonly #window: NodeJS.Timeout
  #ms = 0

  constructor() {
    this.#histogram.enable()
    this.#window = setInterval(() => this.#read(), windowMs).unref()
  }

  get ms(): number {
    return this.#ms
  }

  stop(): void {
    clearInterval(this.#window)
    this.#histogram.disable()
  }

  #read(): void {
    // A window in which the loop went round not once is not over.
    if (this.#histogram.count === 0) return
    this.#ms = Math.max(0, this.#histogram.percentile(50) / 1e6 - resolutionMs)
    this.#histogram.reset()
  }
}
