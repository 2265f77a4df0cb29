import type { StockRecord } from '@cartograph/contracts'
import type { LoadDefinition } from '@cartograph/service-runtime'
import type pg from 'pg'

/** Where stock lies that a dataset gives no place for. */
const defaultLocation = { name: 'Main warehouse', countryCode: 'GB' }

/** A level for each variant that has none there, and the receipt that explains it in the ledger. */
async function writeStock(connection: pg.Client, records: StockRecord[]): Promise<number> {
  const { rowCount } = await connection.query(
    `with location as (
       insert into stock_location (name, country_code) values ($2, $3)
       on conflict (name) do update set name = excluded.name returning id
     ), opened as (
       insert into stock_level (variant_id, location_id, on_hand, low_stock_threshold)
       select "variantId", location.id, received, "lowStockThreshold"
       from location, jsonb_to_recordset($1) as r ("variantId" uuid, received int, "lowStockThreshold" int)
       on conflict (variant_id, location_id) do nothing returning id, on_hand
     ), received as (
       insert into stock_movement (stock_level_id, delta, reason, on_hand_after)
       select id, on_hand, 'RECEIPT', on_hand from opened where on_hand > 0
     ) select id from opened`,
    [JSON.stringify(records), defaultLocation.name, defaultLocation.countryCode],
  )
  return rowCount ?? 0
}

/** What this subgraph keeps of a dataset. */
export const loadDefinition: LoadDefinition = {
  migrations: new URL('../prisma/migrations', import.meta.url),
  writers: { stock: writeStock },
}
