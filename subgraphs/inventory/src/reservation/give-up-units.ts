import type { Database } from '../database.ts'

/** Makes free what these reservations held, which the caller has marked released in the same transaction. */
export async function giveUpUnits(tx: Database, checkoutIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    with held as (
      select stock_level_id, sum(quantity)::int as quantity from reservation_line
      where checkout_id = any(${checkoutIds}::uuid[]) group by stock_level_id
    ), locked as (
      select l.id, h.quantity from stock_level l join held h on h.stock_level_id = l.id
      order by l.variant_id, l.id for no key update of l
    )
    update stock_level l set reserved = l.reserved - locked.quantity from locked where l.id = locked.id`
}
