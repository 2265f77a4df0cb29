import type { Database } from '../database.ts'
import { unitsAtHome } from '../stock/find-home-levels.ts'
import type { InventoryServices } from '../stock/inventory-services.ts'
import type { VariantUnits } from '../stock/units.ts'
import { commitReservation } from './commit-reservation.ts'
import { findSoldUnits } from './find-sold-units.ts'
import { planReturn } from './plan-return.ts'
import { putBackUnits } from './put-back-units.ts'

export interface RefundedUnits {
  readonly checkoutId: string | null
  readonly restocked: readonly VariantUnits[]
}

/**
 * Puts back the units of an order that were refunded and came back: to where they were sold, never more than were. What
 * was not sold by a reservation goes to the first location by name that keeps it.
 */
export async function restockRefund(
  services: Pick<InventoryServices, 'now'>,
  tx: Database,
  { checkoutId, restocked }: RefundedUnits,
): Promise<void> {
  if (restocked.length === 0) return
  if (checkoutId === null) return putBackUnits(tx, null, await unitsAtHome(tx, restocked), 'RETURN')
  await commitReservation(services, tx, checkoutId)
  const { toReservation, elsewhere } = planReturn(restocked, await findSoldUnits(tx, checkoutId))
  const atHome = elsewhere.length > 0 ? await unitsAtHome(tx, elsewhere) : []
  await putBackUnits(tx, checkoutId, [...toReservation, ...atHome], 'RETURN')
}
