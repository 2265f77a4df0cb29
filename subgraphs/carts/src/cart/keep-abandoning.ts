import type { Logger } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { abandonCarts } from './abandon-carts.ts'

const everyMs = 10 * 60_000

/**
 * Gives up abandoned carts now and every ten minutes until it is stopped, one sweep at a time. One that fails is logged
 * and made up for by the next. `stop` resolves when nothing is under way any more.
 */
export function keepAbandoning(db: Database, clock: () => Date, logger: Logger): { stop: () => Promise<void> } {
  let underWay: Promise<void> | null = null
  const sweep = async () => {
    try {
      const count = await abandonCarts(db, clock())
      if (count > 0) logger.info({ count }, 'carts were abandoned')
    } catch (error) {
      logger.error({ err: error }, 'abandoned carts could not be swept')
    } finally {
      underWay = null
    }
  }
  const begin = () => {
    underWay ??= sweep()
  }
  begin()
  const timer = setInterval(begin, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await underWay
    },
  }
}
