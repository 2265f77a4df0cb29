import type { Database } from '../database.ts'
import { matching, type ProductCondition } from './product-condition.ts'

/** How many published products meet `condition`. */
export async function countProducts(db: Database, condition: ProductCondition): Promise<number> {
  const [row] = await db.$queryRaw<
    [{ count: number }]
  >`select count(*)::int as count from product p where ${matching(condition)}`
  return row.count
}

export interface Facet {
  readonly name: 'brand' | 'category'
  readonly values: { value: string; label: string; count: number }[]
}

/** How the products that meet `condition` divide by brand and by category: the 20 fullest values of each, in one statement. */
export async function countFacets(db: Database, condition: ProductCondition): Promise<Facet[]> {
  const rows = await db.$queryRaw<{ name: Facet['name']; value: string; label: string; count: number }[]>`
    with matching as materialized (select p.id, p.brand from product p where ${matching(condition)}),
    brands as (select 'brand' as name, brand as value, brand as label, count(*)::int as count
      from matching where brand is not null group by brand order by count desc, brand limit 20),
    categories as (select 'category' as name, c.slug as value, c.name as label, count(*)::int as count
      from matching m join product_category pc on pc.product_id = m.id join category c on c.id = pc.category_id
      group by c.id order by count desc, c.slug limit 20)
    select * from brands union all select * from categories order by name, count desc, value`
  return (['brand', 'category'] as const).map((name) => ({
    name,
    values: rows.filter((row) => row.name === name).map(({ value, label, count }) => ({ value, label, count })),
  }))
}
