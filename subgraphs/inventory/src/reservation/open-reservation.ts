import type { Database } from '../database.ts'
import { type StockLevel, stockLevelColumns } from '../stock/stock-level.ts'
import type { LevelUnits } from '../stock/units.ts'
import { reservationMs } from './reservation.ts'

/**
 * Writes the reservation, still without lines, and holds all levels of its variants: their state when everybody before
 * is through. Writes and holds nothing, and answers no level, when the checkout has a reservation or the units are not
 * there. The reservation comes before the levels, as everywhere, so that nobody waits in a circle.
 */
export async function openReservation(
  tx: Database,
  checkoutId: string,
  demand: ReadonlyMap<string, number>,
  now: Date,
): Promise<StockLevel[]> {
  const variantIds = [...demand.keys()]
  return tx.$queryRaw<StockLevel[]>`
    with demand (variant_id, quantity) as (
      select * from unnest(${variantIds}::uuid[], ${[...demand.values()]}::float8[])
    ), opened as (
      insert into reservation (checkout_id, state, created_at, expires_at)
      select ${checkoutId}::uuid, 'HELD', ${now}::timestamptz, ${new Date(now.getTime() + reservationMs)}::timestamptz
      where not exists (
        select from demand d where d.quantity > (
          select coalesce(sum(s.on_hand - s.reserved + s.backorder_limit), 0)
          from stock_level s where s.variant_id = d.variant_id))
      on conflict (checkout_id) do nothing returning checkout_id
    )
    select ${stockLevelColumns} from stock_level l
    where l.variant_id = any(${variantIds}::uuid[]) and exists (select from opened)
    order by l.variant_id, l.id for no key update of l`
}

/** Promises the units, which the levels must have: `taken` was decided on while they were held. */
export async function writeLines(tx: Database, checkoutId: string, taken: readonly LevelUnits[]): Promise<void> {
  const promised = await tx.$executeRaw`
    with promised as (
      update stock_level l set reserved = l.reserved + t.quantity
      from unnest(${taken.map(({ stockLevelId }) => stockLevelId)}::uuid[],
        ${taken.map(({ quantity }) => quantity)}::int[]) t (id, quantity)
      where l.id = t.id and l.on_hand - l.reserved + l.backorder_limit >= t.quantity
      returning l.id, t.quantity
    )
    insert into reservation_line (checkout_id, stock_level_id, quantity)
    select ${checkoutId}::uuid, id, quantity from promised`
  if (promised !== taken.length) throw new Error('a level had fewer units than it was held with')
}

/** Takes back a reservation that was opened in this transaction and has no lines. */
export async function withdrawReservation(tx: Database, checkoutId: string): Promise<void> {
  await tx.$executeRaw`delete from reservation where checkout_id = ${checkoutId}::uuid`
}
