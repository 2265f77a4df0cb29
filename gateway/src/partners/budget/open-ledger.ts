import type { Logger } from '@cartograph/service-runtime/process'
import { FailoverLedger } from './failover-ledger.ts'
import { MemoryLedger } from './memory-ledger.ts'
import type { PointsLedger } from './points-ledger.ts'

/** The ledger that PARTNER_BUDGETS_URL names; that of this gateway alone without one, and for `memory:`. */
export async function openLedger(url: string | undefined, logger: Logger): Promise<PointsLedger> {
  if (url === undefined || url.startsWith('memory:')) return new MemoryLedger()
  // The clients are loaded by who uses them.
  const ledger = url.startsWith('redis')
    ? new (await import('./redis-ledger.ts')).RedisLedger(url, logger)
    : new (await import('./postgres-ledger.ts')).PostgresLedger(url, logger)
  return new FailoverLedger(ledger, logger)
}
