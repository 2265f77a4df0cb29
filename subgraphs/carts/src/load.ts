import type { CartRecord } from '@cartograph/contracts'
import { runLoad } from '@cartograph/service-runtime'
import type pg from 'pg'

/** A customer who has an active cart keeps it: neither a record's cart nor its lines are written then. */
async function writeCarts(connection: pg.Client, records: CartRecord[]): Promise<number> {
  const { rowCount } = await connection.query(
    `with opened as (
       insert into cart (id, user_id, currency_code, created_at, updated_at)
       select id, "customerId", "currencyCode", "updatedAt", "updatedAt"
       from jsonb_to_recordset($1) as r (id uuid, "customerId" uuid, "currencyCode" "CurrencyCode",
         "updatedAt" timestamptz)
       on conflict do nothing returning id
     ), filled as (
       insert into cart_line (id, cart_id, variant_id, quantity, unit_price, current_unit_price, position)
       select l.id, opened.id, l."variantId", l.quantity, l."unitPrice", l."unitPrice", l.position
       from opened join jsonb_to_recordset($2) as l (id uuid, "cartId" uuid, "variantId" uuid, quantity int,
         "unitPrice" int, position int) on l."cartId" = opened.id
       on conflict do nothing
     ) select id from opened`,
    [
      JSON.stringify(records),
      JSON.stringify(
        records.flatMap(({ id, lines }) => lines.map((line, position) => ({ ...line, cartId: id, position }))),
      ),
    ],
  )
  return rowCount ?? 0
}

await runLoad({ migrations: new URL('../prisma/migrations', import.meta.url), writers: { cart: writeCarts } })
