import type { Database } from '../database.ts'
import type { InventoryServices } from '../stock/inventory-services.ts'
import type { ReservationState } from './reservation.ts'

/**
 * Sells what was promised to a checkout, where it was promised: once, however often it is called and whoever comes
 * first. Throws when nothing was promised, or no longer is, for then an order stands without its units. The reservation
 * is held until the transaction ends.
 */
export async function commitReservation(
  { now }: Pick<InventoryServices, 'now'>,
  tx: Database,
  checkoutId: string,
): Promise<void> {
  const [committed] = await tx.$queryRaw<unknown[]>`
    with committed as (
      update reservation set state = 'COMMITTED', ended_at = ${now()}::timestamptz
      where checkout_id = ${checkoutId}::uuid and state = 'HELD' returning checkout_id
    ), locked as (
      select l.id, r.quantity from committed c join reservation_line r on r.checkout_id = c.checkout_id
      join stock_level l on l.id = r.stock_level_id order by l.variant_id, l.id for no key update of l
    ), sold as (
      update stock_level l set on_hand = l.on_hand - locked.quantity, reserved = l.reserved - locked.quantity
      from locked where l.id = locked.id returning l.id, l.on_hand, locked.quantity
    ), moved as (
      insert into stock_movement (stock_level_id, delta, reason, on_hand_after)
      select id, -quantity, 'SALE', on_hand from sold
    )
    select checkout_id from committed`
  if (committed) return
  const [reservation] = await tx.$queryRaw<{ state: ReservationState }[]>`
    select state::text as state from reservation where checkout_id = ${checkoutId}::uuid for no key update`
  if (reservation?.state !== 'COMMITTED')
    throw new Error(`checkout ${checkoutId} has an order and ${reservation ? 'a released' : 'no'} reservation`)
}
