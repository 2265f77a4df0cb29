import { connection, pageRequest } from '@cartograph/keyset-paging'
import { isShown } from '../catalogue/shown-product.ts'
import { type Database, Prisma } from '../database.ts'
import type { RankingLoader, RowOfRanking } from './ranking-loader.ts'
import { type RecommendationList, recommendedFor } from './recommendation.ts'

/** How a product may be near to another, as the reason says it. */
export type Nearness = 'SIMILAR_ITEM' | 'BOUGHT_TOGETHER'

/** The products nearest to one, the nearest first. Those of many products are one statement. */
export async function listNeighbours(
  neighbours: RankingLoader<string>,
  nearness: Nearness,
  productId: string,
  first: number,
): Promise<RecommendationList> {
  const page = pageRequest(`${nearness}:${productId}`, ['integer'], { first })
  const rows = await neighbours.load({ of: productId, size: page.size + 1 })
  return connection(page, rows, ({ rank }) => [rank], recommendedFor(nearness))
}

export async function findNeighbours(
  db: Database,
  nearness: Nearness,
  productIds: readonly string[],
  size: number,
): Promise<RowOfRanking[]> {
  return db.$queryRaw<RowOfRanking[]>`
    with ranked as (
      select k.request::int as request, row_number() over (partition by k.request order by n.rank)::int as rank,
        n.other_id, n.score, n.product_id
      from unnest(${productIds}::uuid[]) with ordinality as k (product_id, request)
      join neighbour n on n.model_version = (select version from model_in_use)
        and n.nearness = ${nearness}::"Nearness" and n.product_id = k.product_id and ${isShown(Prisma.sql`n.other_id`)}
    )
    select request, rank, other_id as "productId", score, product_id as "becauseOf" from ranked
    where rank <= ${size} order by request, rank`
}
