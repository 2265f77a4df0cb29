import { type LevelUnits, unitsByVariant, type VariantUnits } from '../stock/units.ts'
import type { SoldUnits } from './find-sold-units.ts'

export interface ReturnPlan {
  /** What goes back to where it was sold. */
  readonly toReservation: readonly LevelUnits[]
  /** Units of variants that the reservation never had. */
  readonly elsewhere: readonly VariantUnits[]
}

/** Where returned units go. Of a variant that the reservation has sold no more comes back than it has sold. */
export function planReturn(returned: readonly VariantUnits[], sold: readonly SoldUnits[]): ReturnPlan {
  const toReservation: LevelUnits[] = []
  const elsewhere: VariantUnits[] = []
  for (const [variantId, quantity] of unitsByVariant(returned)) {
    const ofVariant = sold.filter((units) => units.variantId === variantId)
    if (ofVariant.length === 0) elsewhere.push({ variantId, quantity })
    let left = quantity
    for (const { stockLevelId, quantity: out } of ofVariant) {
      const units = Math.min(left, out)
      if (units > 0) toReservation.push({ stockLevelId, quantity: units })
      left -= units
    }
  }
  return { toReservation, elsewhere }
}
