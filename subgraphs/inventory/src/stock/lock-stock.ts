import type { Database } from '../database.ts'
import { type StockLevel, stockLevelColumns } from './stock-level.ts'

/**
 * Holds all levels of these variants until the transaction ends, and reads them as they are then. Whoever takes units
 * of a variant holds all of its levels, in the order of variant and id, so that takers never wait for each other in a
 * circle and each sees the variant as the one before has left it.
 */
export async function lockStock(tx: Database, variantIds: readonly string[]): Promise<StockLevel[]> {
  return tx.$queryRaw<StockLevel[]>`
    select ${stockLevelColumns} from stock_level l where l.variant_id = any(${variantIds}::uuid[])
    order by l.variant_id, l.id for no key update of l`
}
