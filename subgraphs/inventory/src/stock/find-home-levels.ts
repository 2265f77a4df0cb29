import type { Database } from '../database.ts'
import { type LevelUnits, unitsByVariant, type VariantUnits } from './units.ts'

/** The level of each variant at the first location, by name, that keeps it. */
export async function findHomeLevels(db: Database, variantIds: readonly string[]): Promise<Map<string, string>> {
  const levels = await db.$queryRaw<{ variantId: string; id: string }[]>`
    select distinct on (l.variant_id) l.variant_id as "variantId", l.id
    from stock_level l join stock_location o on o.id = l.location_id
    where l.variant_id = any(${variantIds}::uuid[]) order by l.variant_id, o.name`
  return new Map(levels.map(({ variantId, id }) => [variantId, id]))
}

/** These units at the first locations that keep them. Throws when one is kept nowhere: it cannot be counted then. */
export async function unitsAtHome(db: Database, lines: readonly VariantUnits[]): Promise<LevelUnits[]> {
  const units = unitsByVariant(lines)
  const homes = await findHomeLevels(db, [...units.keys()])
  return Array.from(units, ([variantId, quantity]) => {
    const stockLevelId = homes.get(variantId)
    if (stockLevelId === undefined) throw new Error(`units of variant ${variantId} come back and no location keeps it`)
    return { stockLevelId, quantity }
  })
}
