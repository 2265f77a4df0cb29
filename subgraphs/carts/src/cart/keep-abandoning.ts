import { keepSweeping, type Logger } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { abandonCarts } from './abandon-carts.ts'

const everyMs = 10 * 60_000

/** Gives up abandoned carts now and every ten minutes, as keepSweeping does. */
export function keepAbandoning(db: Database, clock: () => Date, logger: Logger): ReturnType<typeof keepSweeping> {
  return keepSweeping({
    everyMs,
    atOnce: true,
    sweep: () => abandonCarts(db, clock()),
    logger,
    done: 'carts were abandoned',
    failed: 'abandoned carts could not be swept',
  })
}
