import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { mostUsageOfOneCommand, recordUsage } from '@cartograph/contracts'
import { CommandRejectedError, sendCommand } from '@cartograph/messaging/send-command'
import { type Logger, type Peer, within } from '@cartograph/service-runtime/process'
import { type Call, type UsageBatch, UsageTally } from './usage-tally.ts'

const sendEveryMs = 5_000
const deadlineMs = 4_000
const drainPauseMs = 100
/** A partner has hundreds of operations; only texts, where they run, are without number. */
const mostRows = 50_000

interface Sending extends UsageBatch {
  readonly key: string
}

export interface PartnerUsageOptions {
  readonly partners: Peer
  readonly logger: Logger
  /** Milliseconds of the epoch. */
  readonly now?: () => number
  readonly sendEveryMs?: number
  readonly mostRows?: number
}

/**
 * What partners have run, added up in memory and sent to partners every few seconds; no request waits for it. A batch has a key
 * and is sent until it is taken, so that it counts once, and the next one after it. What cannot be kept or sent is logged whole.
 */
export class PartnerUsage {
  readonly #options: PartnerUsageOptions
  readonly #now: () => number
  readonly #tally: UsageTally
  readonly #timer: NodeJS.Timeout
  #sending: Sending | null = null
  #underWay: Promise<void> | null = null
  #isFailing = false

  constructor(options: PartnerUsageOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#tally = new UsageTally(options.mostRows ?? mostRows)
    this.#timer = setInterval(() => void this.send(), options.sendEveryMs ?? sendEveryMs)
  }

  add(call: Call): void {
    const lost = this.#tally.add(call, this.#now())
    if (lost) this.#options.logger.error({ usage: [lost] }, 'usage that was not kept, for there is too much')
  }

  keyShown(keyId: string): void {
    this.#tally.shown(keyId, this.#now())
  }

  /** Sends what there is, until partners does not take it. Resolves then; never throws. */
  send(): Promise<void> {
    this.#underWay ??= this.#sendAll().finally(() => (this.#underWay = null))
    return this.#underWay
  }

  /** Sends all that is left, within `mostMs`; logs what could not be sent. Nothing is added any more. */
  async close(mostMs: number): Promise<void> {
    clearInterval(this.#timer)
    const stopping = new AbortController()
    const drained = this.#drain(stopping.signal)
    await within(mostMs, drained)
    stopping.abort()
    if (this.#sending) this.#lost(this.#sending, 'usage that partners may not have taken before the end')
    while (!this.#tally.isEmpty)
      this.#lost(this.#tally.take(mostUsageOfOneCommand), 'usage that could not be sent before the end')
  }

  async #drain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (this.#sending || !this.#tally.isEmpty)) {
      await this.send()
      if (this.#sending) await pause(drainPauseMs, null, { signal }).catch(() => {})
    }
  }

  async #sendAll(): Promise<void> {
    while (this.#sending || !this.#tally.isEmpty) {
      this.#sending ??= { key: randomUUID(), ...this.#tally.take(mostUsageOfOneCommand) }
      const { key, ...batch } = this.#sending
      try {
        await sendCommand(this.#options.partners, recordUsage, key, batch as never, { deadlineMs, requestId: key })
        this.#isFailing = false
      } catch (error) {
        if (!(error instanceof CommandRejectedError)) return this.#failed(error)
        this.#lost(this.#sending, 'usage that partners rejected')
      }
      this.#sending = null
    }
  }

  #failed(error: unknown): void {
    if (!this.#isFailing)
      this.#options.logger.warn({ err: error }, 'partners does not take usage; it is kept, and sent again')
    this.#isFailing = true
  }

  #lost(batch: UsageBatch | Sending, message: string): void {
    this.#options.logger.error(batch, message)
  }
}
