import { EventLoopDelay } from './event-loop-delay.ts'

export interface LoadLimits {
  /** Requests that were taken and not yet answered. */
  readonly mostInFlight: number
  readonly mostLoopDelayMs: number
}

/** What is shed: nothing; all but what completes a checkout; that too. */
export type Shed = 'nothing' | 'most' | 'all'

/** How much more load completing a checkout may meet than anything else. */
const inFlightForCheckout = 1.5
const loopDelayForCheckout = 4

/** The load of this process, as its own event loop and its own count of requests tell. */
export class Load {
  readonly #limits: LoadLimits
  readonly #delay = new EventLoopDelay()
  #inFlight = 0

  constructor(limits: LoadLimits) {
    this.#limits = limits
  }

  get shed(): Shed {
    const { mostInFlight, mostLoopDelayMs } = this.#limits
    const { ms } = this.#delay
    if (this.#inFlight > mostInFlight * inFlightForCheckout || ms > mostLoopDelayMs * loopDelayForCheckout) return 'all'
    return this.#inFlight > mostInFlight || ms > mostLoopDelayMs ? 'most' : 'nothing'
  }

  /** Counts a request as in flight, until what is returned is called. */
  begin(): () => void {
    this.#inFlight += 1
    return () => {
      this.#inFlight -= 1
    }
  }

  stop(): void {
    this.#delay.stop()
  }
}
