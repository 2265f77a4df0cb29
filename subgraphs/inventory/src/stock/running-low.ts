import { availableUnits, type StockLevel } from './stock-level.ts'

/** What the subscribers of `stock-running-low` are told of a variant. */
export interface LowStock {
  readonly variantId: string
  readonly available: number
  readonly threshold: number
}

/**
 * The low stock of a variant, when it came by this change of its levels; null when there is enough, or was not enough
 * before. Available is what can be had at once at any location; the threshold is the highest of the levels.
 */
export function stockThatRanLow(before: readonly StockLevel[], after: readonly StockLevel[]): LowStock | null {
  const threshold = Math.max(...after.map(({ lowStockThreshold }) => lowStockThreshold))
  const available = unitsAtHand(after)
  if (unitsAtHand(before) <= threshold || available > threshold) return null
  return { variantId: after[0]!.variantId, available, threshold }
}

const unitsAtHand = (levels: readonly StockLevel[]) =>
  levels.reduce((sum, level) => sum + Math.max(0, availableUnits(level)), 0)
