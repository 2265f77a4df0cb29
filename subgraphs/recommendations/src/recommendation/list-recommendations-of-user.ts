import { connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { isShown } from '../catalogue/shown-product.ts'
import { type Database, Prisma } from '../database.ts'
import { daysOf, halfLifeDays, powerOfTwo } from '../demand/demand-sql.ts'
import { type RankedProduct, type RecommendationList, recommendedFor } from './recommendation.ts'

/** From how many of the last products that a user bought. */
const recentProducts = 50

/**
 * What a user may like and has not bought: the sum of how similar it is to each of the last 50 products bought, in one
 * statement; and when nothing follows from these, or there are none, what is trending. A list that has begun is
 * continued as it began, so its cursors say which of the two it is.
 */
export async function listRecommendationsOfUser(
  db: Database,
  userId: string,
  args: PageArguments,
): Promise<RecommendationList> {
  const page = pageRequest(`recommendations:${userId}`, ['text', 'integer'], args)
  const begunAs = page.from?.[0] ?? null
  const rank = Number(page.from?.[1] ?? 0)
  const limit = page.size + 1
  if (begunAs !== 'TRENDING') {
    const rows = await findSimilarToBought(db, userId, rank, limit)
    if (rows.length > 0 || begunAs !== null) {
      return connection(page, rows, (row) => ['BECAUSE_YOU_BOUGHT', row.rank], recommendedFor('BECAUSE_YOU_BOUGHT'))
    }
  }
  const rows = await findTrendingNotBought(db, userId, rank, limit)
  return connection(page, rows, (row) => ['TRENDING', row.rank], recommendedFor('TRENDING'))
}

async function findSimilarToBought(
  db: Database,
  userId: string,
  afterRank: number,
  limit: number,
): Promise<RankedProduct[]> {
  // Sums are taken in one order, so that two pages cannot disagree about a tie in the last digit.
  return db.$queryRaw<RankedProduct[]>`
    with bought as (
      select product_id, max(at) as at from purchase where user_id = ${userId}::uuid group by product_id
    ), recent as (
      select product_id from bought order by at desc, product_id limit ${recentProducts}
    ), candidate as (
      select s.other_id, sum(s.score order by s.product_id) as score,
        (array_agg(s.product_id order by s.score desc, s.product_id))[1] as because_of
      from recent r join neighbour s on s.model_version = (select version from model_in_use)
        and s.nearness = 'SIMILAR_ITEM' and s.product_id = r.product_id
      where not exists (select from bought b where b.product_id = s.other_id)
        and ${isShown(Prisma.sql`s.other_id`)}
      group by s.other_id
    ), ranked as (
      select *, row_number() over (order by score desc, other_id)::int as rank from candidate
    )
    select rank, other_id as "productId", score, because_of as "becauseOf" from ranked
    where rank > ${afterRank}::bigint order by rank limit ${limit}`
}

async function findTrendingNotBought(
  db: Database,
  userId: string,
  afterRank: number,
  limit: number,
): Promise<RankedProduct[]> {
  return db.$queryRaw<RankedProduct[]>`
    select t.rank, t.product_id as "productId", t.score, null as "becauseOf"
    from (
      select product_id, row_number() over (order by recent desc, product_id)::int as rank,
        ${Prisma.raw(powerOfTwo(`recent - ${daysOf('now()')} / ${halfLifeDays.recent}`))} as score
      from product_demand
    ) as t
    where t.rank > ${afterRank}::bigint and ${isShown(Prisma.sql`t.product_id`)}
      and not exists (select from purchase p where p.user_id = ${userId}::uuid and p.product_id = t.product_id)
    order by t.rank limit ${limit}`
}
