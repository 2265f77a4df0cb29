import { connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { isShown } from '../catalogue/shown-product.ts'
import { type Database, Prisma } from '../database.ts'
import { type RankedProduct, type RecommendationList, recommendedFor } from './recommendation.ts'

/** A page of what sells best now, of one category and those below it when one is given, in one statement. */
export async function listTrending(
  db: Database,
  categoryId: string | null,
  args: PageArguments,
): Promise<RecommendationList> {
  const page = pageRequest(`trending:${categoryId ?? ''}`, ['integer'], args)
  const inCategory =
    categoryId === null
      ? Prisma.empty
      : Prisma.sql`join product p on p.id = t.product_id and p.category_ids && array(${categoryAndBelow(categoryId)})`
  const rows = await db.$queryRaw<RankedProduct[]>`
    select t.rank, t.product_id as "productId", t.score, null as "becauseOf"
    from trending_product t ${inCategory}
    where t.rank > ${page.from?.[0] ?? 0}::bigint and ${isShown(Prisma.sql`t.product_id`)}
    order by t.rank limit ${page.size + 1}`
  return connection(page, rows, ({ rank }) => [rank], recommendedFor('TRENDING'))
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
