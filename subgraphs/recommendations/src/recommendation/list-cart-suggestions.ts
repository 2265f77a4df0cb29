import { connection, pageRequest } from '@cartograph/keyset-paging'
import { isShown } from '../catalogue/shown-product.ts'
import { type Database, Prisma } from '../database.ts'
import type { RankingLoader, RowOfRanking } from './ranking-loader.ts'
import { type RecommendationList, recommendedFor } from './recommendation.ts'

/** What is in a cart, as variants. */
export type CartContents = readonly string[]

/**
 * What goes with what is in a cart and is not in it: the sum of what each of its products is bought together with, the
 * greatest first. The suggestions for many carts are one statement.
 */
export async function listCartSuggestions(
  suggestions: RankingLoader<CartContents>,
  cartId: string,
  variantIds: CartContents,
  first: number,
): Promise<RecommendationList> {
  const page = pageRequest(`suggestions:${cartId}`, ['integer'], { first })
  const rows = variantIds.length === 0 ? [] : await suggestions.load({ of: variantIds, size: page.size + 1 })
  return connection(page, rows, ({ rank }) => [rank], recommendedFor('BOUGHT_TOGETHER'))
}

export async function findCartSuggestions(
  db: Database,
  carts: readonly CartContents[],
  size: number,
): Promise<RowOfRanking[]> {
  const requests = carts.flatMap((variantIds, index) => variantIds.map(() => index + 1))
  // Sums are taken in one order, so that two requests cannot disagree about a tie in the last digit.
  return db.$queryRaw<RowOfRanking[]>`
    with content as (
      select distinct c.request, v.product_id
      from unnest(${requests}::int[], ${carts.flat()}::uuid[]) as c (request, variant_id)
      join variant v on v.id = c.variant_id
    ), candidate as (
      select c.request, b.other_id, sum(b.score order by b.product_id) as score,
        (array_agg(b.product_id order by b.score desc, b.product_id))[1] as because_of
      from content c join neighbour b on b.model_version = (select version from model_in_use)
        and b.nearness = 'BOUGHT_TOGETHER' and b.product_id = c.product_id
      where not exists (select from content own where own.request = c.request and own.product_id = b.other_id)
        and ${isShown(Prisma.sql`b.other_id`)}
      group by c.request, b.other_id
    ), ranked as (
      select *, row_number() over (partition by request order by score desc, other_id)::int as rank from candidate
    )
    select request, rank, other_id as "productId", score, because_of as "becauseOf" from ranked
    where rank <= ${size} order by request, rank`
}
