import type { ProductRecord } from '@cartograph/contracts'
import type pg from 'pg'

/** Writes the products that are not there yet, and which product each variant is one of. */
export async function writeProducts(connection: pg.Client, records: ProductRecord[]): Promise<number> {
  const { rowCount } = await connection.query(
    `insert into product (id, category_ids)
     select id, array(select category::uuid from json_array_elements_text("categoryIds") as category)
     from json_to_recordset($1) as r (id uuid, "categoryIds" json)
     on conflict (id) do nothing`,
    [JSON.stringify(records.map(({ id, categoryIds }) => ({ id, categoryIds })))],
  )
  await connection.query(
    `insert into variant (id, product_id)
     select id, "productId" from json_to_recordset($1) as r (id uuid, "productId" uuid)
     on conflict (id) do nothing`,
    [JSON.stringify(records.flatMap(({ id: productId, variants }) => variants.map(({ id }) => ({ id, productId }))))],
  )
  return rowCount ?? 0
}
