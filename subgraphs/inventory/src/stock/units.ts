import type { StockLevel } from './stock-level.ts'

/** Units of a variant. */
export interface VariantUnits {
  readonly variantId: string
  readonly quantity: number
}

/** Units of a level. */
export interface LevelUnits {
  readonly stockLevelId: string
  readonly quantity: number
}

/** How many units of each variant all lines together name. */
export function unitsByVariant(lines: readonly VariantUnits[]): Map<string, number> {
  const units = new Map<string, number>()
  for (const { variantId, quantity } of lines) units.set(variantId, (units.get(variantId) ?? 0) + quantity)
  return units
}

/** The levels of each variant. */
export const levelsByVariant = (levels: readonly StockLevel[]): Map<string, StockLevel[]> =>
  Map.groupBy(levels, ({ variantId }) => variantId)
