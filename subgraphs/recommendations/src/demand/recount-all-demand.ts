import type pg from 'pg'
import { demandOfPurchases, orElseRecounted } from './demand-sql.ts'

/**
 * Counts all demand anew from all purchases, inside the caller's transaction. Orders that are told meanwhile wait until
 * that ends and are added then; readers do not.
 */
export async function recountAllDemand(connection: pg.Client): Promise<void> {
  // Before anybody holds a row of it: who locks rows first and the table after could wait for one another.
  await connection.query('lock table product_demand in exclusive mode')
  await connection.query(
    `with counted as (${demandOfPurchases('true')}),
     gone as (
       delete from product_demand d where not exists (select from counted c where c.product_id = d.product_id)
     )
     insert into product_demand as d (product_id, recent, lately, orders, last_at, changed_at)
     select product_id, recent, lately, orders, last_at, clock_timestamp() from counted ${orElseRecounted}`,
  )
}
