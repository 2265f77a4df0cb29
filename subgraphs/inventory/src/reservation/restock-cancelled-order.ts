import type { Database } from '../database.ts'
import { unitsAtHome } from '../stock/find-home-levels.ts'
import type { InventoryServices } from '../stock/inventory-services.ts'
import type { VariantUnits } from '../stock/units.ts'
import { commitReservation } from './commit-reservation.ts'
import { findSoldUnits } from './find-sold-units.ts'
import { planReturn } from './plan-return.ts'
import { putBackUnits } from './put-back-units.ts'

export interface CancelledOrder {
  readonly checkoutId: string | null
  readonly lines: readonly VariantUnits[]
}

/**
 * Brings back what an order that is called off still had to get, to where it came from, never more than was sold. When
 * the order's placing was not heard of yet, its units are sold first: stock and ledger are the same whichever comes
 * first. An imported order has no checkout; its units go to the first location by name that keeps them.
 */
export async function restockCancelledOrder(
  services: Pick<InventoryServices, 'now'>,
  tx: Database,
  { checkoutId, lines }: CancelledOrder,
): Promise<void> {
  if (checkoutId === null) return putBackUnits(tx, null, await unitsAtHome(tx, lines), 'CANCELLATION')
  await commitReservation(services, tx, checkoutId)
  const { toReservation } = planReturn(lines, await findSoldUnits(tx, checkoutId))
  await putBackUnits(tx, checkoutId, toReservation, 'CANCELLATION')
}
