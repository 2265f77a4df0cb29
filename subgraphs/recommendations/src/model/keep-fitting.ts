import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { keepSweeping, type Logger } from '@cartograph/service-runtime'
import type { PrismaClient } from '../database.ts'

export interface Fitting {
  readonly db: PrismaClient
  readonly databaseUrl: string
  readonly logger: Logger
  /** How often to look whether a fit is due. */
  readonly everyMs?: number
}

/**
 * Fits a model in a thread of its own when there is none that can rank, and then each night or so: a day after the last,
 * where anything was bought since. Of several processes that find it due one fits. Stopping gives up a fit that is under
 * way, and leaves the model in use.
 */
export function keepFitting({ db, databaseUrl, logger, everyMs = 10 * 60_000 }: Fitting): { stop(): Promise<void> } {
  let worker: Worker | null = null
  const sweeping = keepSweeping({
    everyMs,
    async sweep() {
      if (!(await isFitDue(db))) return 0
      worker = new Worker(new URL('./fit.worker.ts', import.meta.url), { workerData: { databaseUrl } })
      try {
        await once(worker, 'exit')
      } finally {
        worker = null
      }
      return 1
    },
    logger,
    done: 'a model was fitted to what was bought',
    failed: 'a model could not be fitted',
  })
  return {
    async stop() {
      await worker?.terminate()
      await sweeping.stop()
    },
  }
}

/** Whether there is no model that can rank, or a day is over since the newest and something was bought in it. */
export async function isFitDue(db: PrismaClient): Promise<boolean> {
  const [row] = await db.$queryRaw<{ due: boolean }[]>`
    select exists (select from product_demand) and not exists (
      select from model where artifact is not null and (
        fitted_at > now() - interval '1 day' or trained_until >= (select max(last_at) from product_demand))
    ) as due`
  return row!.due
}
