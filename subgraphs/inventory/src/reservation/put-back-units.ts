import type { Database } from '../database.ts'
import type { LevelUnits } from '../stock/units.ts'

/**
 * Puts units back to these levels, each named once, with a movement each; of a checkout's reservation it is noted that
 * they came back, and no more than were sold can.
 */
export async function putBackUnits(
  tx: Database,
  checkoutId: string | null,
  units: readonly LevelUnits[],
  reason: 'CANCELLATION' | 'RETURN',
): Promise<void> {
  if (units.length === 0) return
  const levelIds = units.map(({ stockLevelId }) => stockLevelId)
  const quantities = units.map(({ quantity }) => quantity)
  await tx.$executeRaw`
    with back (id, quantity) as (
      select * from unnest(${levelIds}::uuid[], ${quantities}::int[])
    ), noted as (
      update reservation_line r set returned = r.returned + back.quantity from back
      where r.checkout_id = ${checkoutId}::uuid and r.stock_level_id = back.id
    ), locked as (
      select l.id, back.quantity from stock_level l join back on back.id = l.id
      order by l.variant_id, l.id for no key update of l
    ), moved as (
      update stock_level l set on_hand = l.on_hand + locked.quantity from locked
      where l.id = locked.id returning l.id, l.on_hand, locked.quantity
    )
    insert into stock_movement (stock_level_id, delta, reason, on_hand_after)
    select id, quantity, ${reason}::"StockMovementReason", on_hand from moved`
}
