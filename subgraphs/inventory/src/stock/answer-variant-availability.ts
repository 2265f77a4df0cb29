import type { Database } from '../database.ts'
import { findAvailability } from './availability.ts'

/** Units that can be bought of each asked variant, those that may be owed included; one that no location keeps has none. */
export async function answerVariantAvailability(db: Database, variantIds: readonly string[]) {
  const known = new Map(
    (await findAvailability(db, variantIds)).map(({ variantId, orderable }) => [variantId, orderable]),
  )
  return variantIds.map((variantId) => ({ variantId, available: known.get(variantId) ?? 0 }))
}
