import type { ProductRecord } from '@cartograph/contracts'
import type pg from 'pg'
import { titleWords } from './title-words.ts'

/**
 * Writes the products that are not there yet, and which product each variant is one of. Of products that are there it
 * fills in the words of the title where none are known, and answers how many products were new.
 */
export async function writeProducts(connection: pg.Client, records: ProductRecord[]): Promise<number> {
  const { rows } = await connection.query<{ written: number }>(
    `with known as (
       select id from product where id = any(array(select (r->>'id')::uuid from json_array_elements($1) as r))
     ), written as (
       insert into product as p (id, category_ids, title_words)
       select id, array(select category::uuid from json_array_elements_text("categoryIds") as category),
         array(select json_array_elements_text("titleWords"))
       from json_to_recordset($1) as r (id uuid, "categoryIds" json, "titleWords" json)
       on conflict (id) do update set title_words = excluded.title_words
       where p.title_words = '{}' and excluded.title_words <> '{}'
       returning id
     ) select count(*)::int as written from written where id not in (select id from known)`,
    [JSON.stringify(records.map(({ id, categoryIds, title }) => ({ id, categoryIds, titleWords: titleWords(title) })))],
  )
  await connection.query(
    `insert into variant (id, product_id)
     select id, "productId" from json_to_recordset($1) as r (id uuid, "productId" uuid)
     on conflict (id) do nothing`,
    [JSON.stringify(records.flatMap(({ id: productId, variants }) => variants.map(({ id }) => ({ id, productId }))))],
  )
  return rows[0]!.written
}
