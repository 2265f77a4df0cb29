import type { StockRecord } from '@cartograph/contracts'
import type { CatalogueEntry } from './read-catalogue.ts'

const DAY = 86_400_000
const DAYS_OF_SALES = 61
const FEWEST_UNITS = 20
const MOST_UNITS = 1_000_000
const LOW_STOCK_THRESHOLD = 5

/** Stock for about two months of the average sales between the two times, 20 units at least, for each SKU. */
export function* retailStock(
  entries: Iterable<CatalogueEntry>,
  firstOrder: Date,
  lastOrder: Date,
): Generator<StockRecord, void, undefined> {
  const days = Math.ceil((lastOrder.getTime() - firstOrder.getTime()) / DAY)
  // A file of a few days says little about two months, so it is not blown up to them.
  const span = Math.max(days, DAYS_OF_SALES)
  for (const { variantId, sku, unitsSold } of entries) {
    const received = Math.min(MOST_UNITS, Math.max(FEWEST_UNITS, Math.ceil((unitsSold * DAYS_OF_SALES) / span)))
    yield { kind: 'stock', variantId, sku, received, lowStockThreshold: LOW_STOCK_THRESHOLD }
  }
}
