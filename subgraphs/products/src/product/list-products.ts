import { type Connection, connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import { type ProductCondition, conditionKey, matching } from './product-condition.ts'
import { type Product, productColumns, productOf, type ProductRow } from './product.ts'
import { type ProductSort, sortOrders } from './product-sort.ts'

/** A page of products, and the condition that its count and its facets are computed from when asked for. */
export interface ProductList extends Connection<Product> {
  readonly condition: ProductCondition
}

/**
 * A page of the published products that meet `condition`, in one statement. Pages never overlap nor skip a product that
 * stays in its place while it is being paged.
 */
export async function listProducts(
  db: Database,
  condition: ProductCondition,
  sort: ProductSort,
  args: PageArguments,
): Promise<ProductList> {
  const order = sortOrders[sort === 'RELEVANCE' && condition.query === null ? 'NEWEST' : sort](condition)
  const page = pageRequest(`products:${order.name}:${conditionKey(condition)}`, [order.keyKind, 'uuid'], args)
  const descending = order.descending !== page.backward
  const direction = descending ? Prisma.sql`desc` : Prisma.sql`asc`
  const start = page.from
    ? Prisma.sql`and (${order.expression}, p.id) ${descending ? Prisma.sql`<` : Prisma.sql`>`} (${page.from[0]}::${order.castTo}, ${page.from[1]}::uuid)`
    : Prisma.empty
  const rows = await db.$queryRaw<(ProductRow & { sort_key: string | number })[]>`
    select ${productColumns}, ${order.key} as sort_key
    from product p
    where ${matching(condition)} ${start}
    order by ${order.expression} ${direction}, p.id ${direction}
    limit ${page.size + 1}`
  return { ...connection(page, rows, (row) => [keyText(row.sort_key), row.id], productOf), condition }
}

const keyText = (key: string | number | Date): string | number => (key instanceof Date ? key.toISOString() : key)
