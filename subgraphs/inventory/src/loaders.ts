import { listLoaderOf, loaderOf } from '@cartograph/service-runtime'
import type { Database } from './database.ts'
import { findAvailability } from './stock/availability.ts'
import { findStockLevels, findStockLevelsOfVariants, findStockLocations } from './stock/find-stock.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database) {
  return {
    availability: loaderOf(
      (ids) => findAvailability(db, ids),
      (availability) => availability.variantId,
    ),
    stockLevel: loaderOf(
      (ids) => findStockLevels(db, ids),
      (level) => level.id,
    ),
    stockLevelsOfVariant: listLoaderOf(
      (ids) => findStockLevelsOfVariants(db, ids),
      (level) => level.variantId,
    ),
    stockLocation: loaderOf(
      (ids) => findStockLocations(db, ids),
      (location) => location.id,
    ),
  }
}
