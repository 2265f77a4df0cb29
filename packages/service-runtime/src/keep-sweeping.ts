import type { Logger } from './logger.ts'

export interface Sweeping {
  readonly everyMs: number
  /** Whether the first sweep is now, and not after so many milliseconds. */
  readonly atOnce?: boolean
  /** Answers how many it found. */
  readonly sweep: () => Promise<number>
  readonly logger: Logger
  /** What the log says of a sweep that found any, and of one that failed. */
  readonly done: string
  readonly failed: string
}

/**
 * Sweeps every so many milliseconds until it is stopped, one sweep at a time. One that fails is logged and made
 * up for by the next. `stop` resolves when nothing is under way any more.
 */
export function keepSweeping({ everyMs, atOnce = false, sweep, logger, done, failed }: Sweeping): {
  stop(): Promise<void>
} {
  let underWay: Promise<void> | null = null
  const sweepOnce = async () => {
    try {
      const count = await sweep()
      if (count > 0) logger.info({ count }, done)
    } catch (error) {
      logger.error({ err: error }, failed)
    } finally {
      underWay = null
    }
  }
  const begin = () => {
    underWay ??= sweepOnce()
  }
  if (atOnce) begin()
  const timer = setInterval(begin, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await underWay
    },
  }
}
