import type { Database } from '../database.ts'
import type { LevelUnits, VariantUnits } from '../stock/units.ts'

/** What a checkout's reservation has sold at a level and has not got back: 0 when all of it is back. */
export type SoldUnits = LevelUnits & VariantUnits

/** What was sold to a checkout, by the name of the location. To be asked while its reservation is held. */
export async function findSoldUnits(tx: Database, checkoutId: string): Promise<SoldUnits[]> {
  return tx.$queryRaw<SoldUnits[]>`
    select l.variant_id as "variantId", l.id as "stockLevelId", r.quantity - r.returned as quantity
    from reservation_line r join stock_level l on l.id = r.stock_level_id join stock_location o on o.id = l.location_id
    where r.checkout_id = ${checkoutId}::uuid order by o.name, l.id`
}
