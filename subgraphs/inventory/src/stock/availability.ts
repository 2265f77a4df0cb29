import type { Database } from '../database.ts'

/** What can be bought of a variant, over all locations. */
export interface Availability {
  readonly variantId: string
  /** Units that are there and promised to nobody. */
  readonly available: number
  /** Units that can be bought: these, and those that may be owed. */
  readonly orderable: number
  readonly lowStockThreshold: number
}

export type StockStatus = 'IN_STOCK' | 'LOW_STOCK' | 'BACKORDER' | 'OUT_OF_STOCK'

/** The availability of these variants in one statement; a variant that no location keeps is left out. */
export async function findAvailability(db: Database, variantIds: readonly string[]): Promise<Availability[]> {
  return db.$queryRaw<Availability[]>`
    select variant_id as "variantId", sum(greatest(on_hand - reserved, 0))::int as available,
      sum(on_hand - reserved + backorder_limit)::int as orderable, max(low_stock_threshold) as "lowStockThreshold"
    from stock_level where variant_id = any(${variantIds}::uuid[]) group by variant_id`
}

export function stockStatusOf({ available, orderable, lowStockThreshold }: Availability): StockStatus {
  if (available <= 0) return orderable > 0 ? 'BACKORDER' : 'OUT_OF_STOCK'
  return available <= lowStockThreshold ? 'LOW_STOCK' : 'IN_STOCK'
}

const steps = [100, 50, 20, 10]

/** What a shopper may be told: exact up to ten units, then the step below, so that sales cannot be read from it. */
export function bucketed(units: number): number {
  return steps.find((step) => units >= step) ?? Math.max(0, units)
}
