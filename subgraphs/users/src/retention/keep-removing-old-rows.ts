import { keepSweeping, type Logger } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { removeOldRows } from './remove-old-rows.ts'

const everyMs = 3_600_000

/** Removes old rows now and every hour, as keepSweeping does; several processes may sweep at once. */
export function keepRemovingOldRows(db: Database, clock: () => Date, logger: Logger): ReturnType<typeof keepSweeping> {
  return keepSweeping({
    everyMs,
    atOnce: true,
    sweep: () => removeOldRows(db, clock()),
    logger,
    done: 'old rows were removed',
    failed: 'old rows could not be removed',
  })
}
