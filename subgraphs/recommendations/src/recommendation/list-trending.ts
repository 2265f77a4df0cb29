import { connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { isShown } from '../catalogue/shown-product.ts'
import { type Database, Prisma } from '../database.ts'
import { recentCountAt } from '../demand/demand-sql.ts'
import { type RecommendationList, recommendedFor, type ScoredProduct } from './recommendation.ts'

interface ProductInDemand extends ScoredProduct {
  readonly recent: number
}

/**
 * A page of what sells best at `now`, of one category and those below it when one is given, in one statement. A score is
 * the count of orders, each with a weight that halves every 10 days. The order is that of what is kept, so it does not
 * depend on `now`, and a list is continued where it was left.
 */
export async function listTrending(
  db: Database,
  categoryId: string | null,
  args: PageArguments,
  now: Date,
): Promise<RecommendationList> {
  const page = pageRequest(`trending:${categoryId ?? ''}`, ['number', 'uuid'], args)
  const inCategory =
    categoryId === null
      ? Prisma.empty
      : Prisma.sql`join product p on p.id = d.product_id and p.category_ids && array(${categoryAndBelow(categoryId)})`
  const after =
    page.from === null
      ? Prisma.empty
      : Prisma.sql`and d.recent <= ${page.from[0]}::float8
          and (d.recent < ${page.from[0]}::float8 or d.product_id > ${page.from[1]}::uuid)`
  const rows = await db.$queryRaw<ProductInDemand[]>`
    select d.product_id as "productId", d.recent, ${Prisma.raw(recentCountAt('d.recent', 'now.instant'))} as score, null as "becauseOf"
    from (select ${now}::timestamptz as instant) as now, product_demand d ${inCategory}
    where ${isShown(Prisma.sql`d.product_id`)} ${after}
    order by d.recent desc, d.product_id limit ${page.size + 1}`
  return connection(page, rows, ({ recent, productId }) => [recent, productId], recommendedFor('TRENDING'))
}

/** `union` and not `union all`: a circle in the tree, which nothing here forbids, must not turn for ever. */
function categoryAndBelow(categoryId: string): Prisma.Sql {
  return Prisma.sql`
    with recursive below (id) as (
      select ${categoryId}::uuid
      union
      select c.id from category c join below b on c.parent_id = b.id
    ) select id from below`
}
