import type { Logger } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { removeOldRows } from './remove-old-rows.ts'

const everyMs = 3_600_000

/**
 * Removes old rows now and every hour until it is stopped, once at a time. A sweep that fails is logged and made up for
 * by the next; several processes may sweep at once. `stop` resolves when nothing is under way any more.
 */
export function keepRemovingOldRows(db: Database, clock: () => Date, logger: Logger): { stop: () => Promise<void> } {
  let underWay: Promise<void> | null = null
  const sweep = async () => {
    try {
      const count = await removeOldRows(db, clock())
      if (count > 0) logger.info({ count }, 'old rows were removed')
    } catch (error) {
      logger.error({ err: error }, 'old rows could not be removed')
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
