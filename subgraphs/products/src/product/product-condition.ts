import type { Money } from '@cartograph/money'
import { Prisma } from '../database.ts'

/** Which published products a list holds; null means no such condition. */
export interface ProductCondition {
  readonly query: string | null
  readonly categoryId: string | null
  readonly minPrice: Money | null
  readonly maxPrice: Money | null
  readonly brands: readonly string[] | null
}

export const everyProduct: ProductCondition = {
  query: null,
  categoryId: null,
  minPrice: null,
  maxPrice: null,
  brands: null,
}

/** The same text for the same condition: what ties a cursor to its list. */
export function conditionKey(condition: ProductCondition): string {
  return JSON.stringify([
    condition.query,
    condition.categoryId,
    condition.minPrice,
    condition.maxPrice,
    condition.brands,
  ])
}

/** The condition on `product p` as SQL. A category holds what is in it and in those below it. */
export function matching(condition: ProductCondition): Prisma.Sql {
  const { query, categoryId, minPrice, maxPrice, brands } = condition
  return Prisma.join(
    [
      Prisma.sql`p.status = 'ACTIVE'`,
      // `<%` forgives typing errors: the query resembles some stretch of the title (pg_trgm, word similarity).
      ...(query === null
        ? []
        : [Prisma.sql`(p.search @@ websearch_to_tsquery('english', ${query}) or ${query} <% p.title)`]),
      ...(categoryId === null
        ? []
        : [
            Prisma.sql`p.id in (select pc.product_id from product_category pc where pc.category_id in (${categoryAndBelow(categoryId)}))`,
          ]),
      ...(minPrice === null
        ? []
        : [Prisma.sql`p.currency_code::text = ${minPrice.currencyCode} and p.max_price >= ${minPrice.minorUnits}`]),
      ...(maxPrice === null
        ? []
        : [Prisma.sql`p.currency_code::text = ${maxPrice.currencyCode} and p.min_price <= ${maxPrice.minorUnits}`]),
      ...(brands === null ? [] : [Prisma.sql`p.brand = any(${brands}::text[])`]),
    ],
    ' and ',
  )
}

function categoryAndBelow(categoryId: string): Prisma.Sql {
  return Prisma.sql`
    with recursive below as (
      select id from category where id = ${categoryId}::uuid
      union all
      select c.id from category c join below b on c.parent_id = b.id
    ) select id from below`
}
