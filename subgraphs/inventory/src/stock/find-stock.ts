import type { Database } from '../database.ts'
import { type StockLevel, stockLevelColumns, type StockLocation } from './stock-level.ts'

export async function findStockLevels(db: Database, ids: readonly string[]): Promise<StockLevel[]> {
  return db.$queryRaw<StockLevel[]>`select ${stockLevelColumns} from stock_level l where l.id = any(${ids}::uuid[])`
}

/** The levels of these variants, those of one variant by the name of the location. */
export async function findStockLevelsOfVariants(db: Database, variantIds: readonly string[]): Promise<StockLevel[]> {
  return db.$queryRaw<StockLevel[]>`
    select ${stockLevelColumns} from stock_level l join stock_location o on o.id = l.location_id
    where l.variant_id = any(${variantIds}::uuid[]) order by l.variant_id, o.name`
}

export async function findStockLocations(db: Database, ids: readonly string[]): Promise<StockLocation[]> {
  return db.$queryRaw<StockLocation[]>`
    select o.id, o.name, o.country_code as "countryCode" from stock_location o where o.id = any(${ids}::uuid[])`
}

/** Every place that keeps stock, by name. */
export async function listStockLocations(db: Database): Promise<StockLocation[]> {
  return db.$queryRaw<
    StockLocation[]
  >`select o.id, o.name, o.country_code as "countryCode" from stock_location o order by o.name`
}
