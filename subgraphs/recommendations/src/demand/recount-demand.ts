import { type Database, Prisma } from '../database.ts'
import { demandOfPurchases, orElseRecounted } from './demand-sql.ts'

/**
 * Counts the demand for these products anew, from the purchases that are left. Rows are locked by id before anything is
 * read, so that an order that is counted at the same time is in the one or added to it.
 */
export async function recountDemand(tx: Database, productIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select from product_demand where product_id = any(${productIds}::uuid[]) order by product_id for update`
  await tx.$executeRaw`
    with wanted as (select id from unnest(${productIds}::uuid[]) as id),
    counted as (${Prisma.raw(demandOfPurchases('product_id in (select id from wanted)'))}),
    gone as (
      delete from product_demand d where d.product_id in (select id from wanted)
        and not exists (select from counted c where c.product_id = d.product_id)
    )
    insert into product_demand as d (product_id, recent, lately, orders, last_at, changed_at)
    select product_id, recent, lately, orders, last_at, clock_timestamp() from counted
    ${Prisma.raw(orElseRecounted)}`
}
