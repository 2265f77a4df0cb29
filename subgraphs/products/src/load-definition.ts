import type { CategoryRecord, ProductRecord } from '@cartograph/contracts'
import type { LoadDefinition } from '@cartograph/service-runtime'
import type pg from 'pg'

async function writeCategories(connection: pg.Client, records: CategoryRecord[]): Promise<number> {
  const { rowCount } = await connection.query(
    `insert into category (id, parent_id, slug, name, position)
     select id, "parentId", slug, name, position
     from jsonb_to_recordset($1) as r (id uuid, "parentId" uuid, slug text, name text, position int)
     on conflict (id) do nothing`,
    [JSON.stringify(records)],
  )
  return rowCount ?? 0
}

/** Products are published as they come. The price range spans the variants, which all have one currency. */
async function writeProducts(connection: pg.Client, records: ProductRecord[]): Promise<number> {
  const products = JSON.stringify(
    records.map((record) => {
      const prices = record.variants.map((variant) => variant.price)
      return {
        ...record,
        min: Math.min(...prices),
        max: Math.max(...prices),
        currency: record.variants[0]!.currencyCode,
      }
    }),
  )
  const { rowCount } = await connection.query(
    `insert into product (id, slug, title, description, brand, status, min_price, max_price, currency_code, created_at)
     select id, slug, title, description, brand, 'ACTIVE', min, max, currency, "createdAt"
     from jsonb_to_recordset($1) as r (id uuid, slug text, title text, description text, brand text, min int, max int,
       currency "CurrencyCode", "createdAt" timestamptz)
     on conflict (id) do nothing`,
    [products],
  )
  await connection.query(
    `insert into variant (id, product_id, sku, title, price, compare_at_price, currency_code, weight, position)
     select id, "productId", sku, title, price, "compareAtPrice", "currencyCode", weight, position
     from jsonb_to_recordset($1) as r (id uuid, "productId" uuid, sku text, title text, price int, "compareAtPrice" int,
       "currencyCode" "CurrencyCode", weight int, position int)
     on conflict (id) do nothing`,
    [
      JSON.stringify(
        records.flatMap(({ id, variants }) =>
          variants.map((variant, position) => ({ ...variant, productId: id, position })),
        ),
      ),
    ],
  )
  await connection.query(
    `insert into product_category (product_id, category_id)
     select "productId", "categoryId" from jsonb_to_recordset($1) as r ("productId" uuid, "categoryId" uuid)
     on conflict do nothing`,
    [
      JSON.stringify(
        records.flatMap(({ id, categoryIds }) => categoryIds.map((categoryId) => ({ productId: id, categoryId }))),
      ),
    ],
  )
  return rowCount ?? 0
}

/** What this subgraph keeps of a dataset. */
export const loadDefinition: LoadDefinition = {
  migrations: new URL('../prisma/migrations', import.meta.url),
  writers: { category: writeCategories, product: writeProducts },
}
