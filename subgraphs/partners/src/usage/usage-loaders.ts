import { listLoaderOf } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { findUsageOfPartners } from './find-usage.ts'
import { firstDayOf, type OperationUsage } from './operation-usage.ts'

type UsageLoader = ReturnType<typeof listLoaderOf<OperationUsage>>

/** One request's loaders of usage: for each number of days, whatever a list's items ask for in one tick is one statement. */
export function createUsageLoaders(db: Database, now: () => Date) {
  const loaders = new Map<number, UsageLoader>()
  return {
    /** Throws BAD_USER_INPUT for what is not 1 to 90 days. */
    usageOfPartner(days: number): UsageLoader {
      const known = loaders.get(days)
      if (known) return known
      const since = firstDayOf(days, now())
      const made = listLoaderOf(
        (ids) => findUsageOfPartners(db, ids, since),
        (usage) => usage.partnerId,
      )
      loaders.set(days, made)
      return made
    },
  }
}
