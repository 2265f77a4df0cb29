import { availableUnits, promisableUnits, type StockLevel } from '../stock/stock-level.ts'
import type { LevelUnits } from '../stock/units.ts'

/**
 * Which levels of a variant serve so many units, or null when all together cannot: the fullest one alone where it has
 * them all, else the fullest first. Only what is nowhere at hand is owed, by the level that has the backorder limit.
 */
export function allocateUnits(quantity: number, levels: readonly StockLevel[]): LevelUnits[] | null {
  const fullestFirst = levels.toSorted((a, b) => availableUnits(b) - availableUnits(a) || (a.id < b.id ? -1 : 1))
  const taken = new Map<string, number>()
  let missing = quantity
  const take = (level: StockLevel, room: number) => {
    const units = Math.min(missing, Math.max(0, room))
    if (units > 0) taken.set(level.id, (taken.get(level.id) ?? 0) + units)
    missing -= units
  }
  for (const level of fullestFirst) take(level, availableUnits(level))
  for (const level of fullestFirst) take(level, promisableUnits(level) - (taken.get(level.id) ?? 0))
  return missing === 0 ? Array.from(taken, ([stockLevelId, units]) => ({ stockLevelId, quantity: units })) : null
}
