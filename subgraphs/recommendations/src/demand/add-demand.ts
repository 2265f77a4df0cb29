import { type Database, Prisma } from '../database.ts'
import { daysOf, halfLifeDays, logOfSum } from './demand-sql.ts'

/**
 * Counts an order that was placed `at` an instant, in RFC 3339, in the demand for these products, each of them named
 * once. Rows are locked by id, so that of two orders at once one follows the other, and neither is lost.
 */
export async function addDemand(tx: Database, productIds: readonly string[], at: string): Promise<void> {
  // clock_timestamp(), for now() is when the transaction began, perhaps before it waited for another one.
  await tx.$executeRaw`
    insert into product_demand as d (product_id, recent, lately, orders, last_at, changed_at)
    select product_id, day / ${Prisma.raw(`${halfLifeDays.recent}`)}, day / ${Prisma.raw(`${halfLifeDays.lately}`)}, 1,
      instant, clock_timestamp()
    from unnest(${productIds}::uuid[]) as product_id,
      (select ${Prisma.raw(daysOf('instant'))} as day, instant from (select ${at}::timestamptz(3) as instant) as given) as placed
    order by product_id
    on conflict (product_id) do update set recent = ${Prisma.raw(logOfSum('d.recent', 'excluded.recent'))},
      lately = ${Prisma.raw(logOfSum('d.lately', 'excluded.lately'))}, orders = d.orders + 1,
      last_at = greatest(d.last_at, excluded.last_at), changed_at = clock_timestamp()`
}
