import { connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import {
  type Ranking,
  type RankingRequest,
  rankDiscoveries,
  rankNextBasket,
  rankRepurchases,
} from '@cartograph/recommender'
import { isShown } from '../catalogue/shown-product.ts'
import { type Database, Prisma } from '../database.ts'
import { recentCountAt } from '../demand/demand-sql.ts'
import type { ReasonCode, Recommendation, RecommendationList } from '../recommendation/recommendation.ts'
import { inCartSince, type PersonalHistory, personalHistory, type Placement } from './personal-history.ts'
import { type Customer, readCustomer } from './read-customer.ts'
import type { ServedModel, ServedModels } from './served-models.ts'

export interface PersonalServices {
  readonly db: Database
  readonly models: ServedModels
  readonly now: () => Date
}

/** So many more are ranked than are shown, for those that are not to be had. */
const spare = 40

type RankedRecommendation = Recommendation & { readonly rank: number }

/** At most `limit` rows after a rank. */
interface RankedRequest {
  readonly placement: Placement
  readonly after: number
  readonly limit: number
}

/**
 * What a user may want, for a placement: what they never bought, or for mails the next basket, which may hold it again.
 * Two statements and a ranking in memory; what is trending, by one statement more, while there is no model. A list that has begun
 * is continued as it began, so its cursors say which of the two it is.
 */
export async function listRecommendations(
  services: PersonalServices,
  userId: string,
  placement: Placement,
  args: PageArguments,
): Promise<RecommendationList> {
  const page = pageRequest(`recommendations:${placement}:${userId}`, ['text', 'integer'], args)
  const [begunAs, lastRank = 0] = page.from ?? []
  const after = rankOf(lastRank)
  const customer = await readCustomer(services.db, userId)
  const model = begunAs === 'TRENDING' ? null : await modelOf(services, customer)
  const rows =
    model === null
      ? await findTrendingNotBought(services, userId, { placement, after, limit: page.size + 1 })
      : await findRanked(services, model, customer, placement === 'EMAIL' ? rankNextBasket : rankDiscoveries, {
          placement,
          after,
          limit: page.size + 1,
        })
  return connection(
    page,
    rows,
    ({ rank }) => [model === null ? 'TRENDING' : 'MODEL', rank],
    (row) => row,
  )
}

/** What a user has bought, the likeliest to be bought again next first; nothing while there is no model. */
export async function listBuyAgain(
  services: PersonalServices,
  userId: string,
  args: PageArguments,
): Promise<RecommendationList> {
  const page = pageRequest(`buyAgain:${userId}`, ['integer'], args)
  const customer = await readCustomer(services.db, userId)
  const model = await modelOf(services, customer)
  const rows =
    model === null
      ? []
      : await findRanked(services, model, customer, rankRepurchases, {
          placement: 'EMAIL',
          after: rankOf(page.from?.[0] ?? 0),
          limit: page.size + 1,
        })
  return connection(
    page,
    rows,
    ({ rank }) => [rank],
    (row) => row,
  )
}

/** A rank of a cursor: ranks count from 1, and a forged one below begins the list anew. */
function rankOf(part: string | number): number {
  return Math.max(0, Number(part))
}

async function modelOf({ models }: PersonalServices, { modelVersion }: Customer): Promise<ServedModel | null> {
  return modelVersion === null ? null : models.get(modelVersion)
}

/** Rows `after` a rank of those that are shown, at most `limit`. Ranks count what is not shown, so that they stay where they are. */
async function findRanked(
  { db, now }: PersonalServices,
  served: ServedModel,
  customer: Customer,
  rank: (request: RankingRequest) => Ranking,
  { placement, after, limit }: RankedRequest,
): Promise<RankedRecommendation[]> {
  const known = personalHistory(customer, served.itemOf, placement, now())
  const lastAt = known.history.orders.at(-1)?.placedAt ?? 0
  for (let count = after + limit + spare; ; count *= 2) {
    const { items, scores, because } = rank({
      model: served.model,
      demand: served.demand,
      history: known.history,
      excluded: known.excluded,
      // Demand may be half a second old, and this customer's order be newer.
      now: Math.max(served.asOf, lastAt),
      count: Math.min(count, served.model.itemCount),
    })
    const candidates = Array.from(items, (item) => served.productIds[item]!).slice(after)
    const shown = await findShown(db, candidates)
    const rows = candidates.flatMap((productId, place): RankedRecommendation[] => {
      if (!shown.has(productId)) return []
      const at = after + place
      const reason = reasonOf(served, known, items[at]!, because[at]!)
      return [{ rank: at + 1, productId, score: scores[at]!, reason }]
    })
    if (rows.length >= limit || items.length < count) return rows.slice(0, limit)
  }
}

function reasonOf(
  { productIds }: ServedModel,
  { history }: PersonalHistory,
  item: number,
  because: number,
): { code: ReasonCode; becauseOf: string | null } {
  if (because === item) return { code: 'BUY_AGAIN', becauseOf: null }
  if (because === -1) return { code: 'TRENDING', becauseOf: null }
  const isBought = history.orders.some(({ items }) => Array.prototype.includes.call(items, because))
  return { code: isBought ? 'BECAUSE_YOU_BOUGHT' : 'BECAUSE_YOU_VIEWED', becauseOf: productIds[because]! }
}

async function findShown(db: Database, productIds: readonly string[]): Promise<Set<string>> {
  if (productIds.length === 0) return new Set()
  const rows = await db.$queryRaw<{ id: string }[]>`
    select c.id from unnest(${productIds}::uuid[]) as c (id) where ${isShown(Prisma.sql`c.id`)}`
  return new Set(rows.map(({ id }) => id))
}

/** The score is the demand at the time of the request, as that of `Query.trending`. */
async function findTrendingNotBought(
  { db, now }: PersonalServices,
  userId: string,
  { placement, after, limit }: RankedRequest,
): Promise<RankedRecommendation[]> {
  const instant = now()
  const rows = await db.$queryRaw<{ rank: number; productId: string; score: number }[]>`
    with ranked as (
      select row_number() over (order by d.recent desc, d.product_id)::int as rank, d.product_id, d.recent
      from product_demand d
    )
    select rank, product_id as "productId", ${Prisma.raw(recentCountAt('ranked.recent', 'now.instant'))} as score
    from (select ${instant}::timestamptz as instant) as now, ranked
    where rank > ${after}::bigint and ${isShown(Prisma.sql`product_id`)}
      and not exists (select from purchase p where p.user_id = ${userId}::uuid and p.product_id = ranked.product_id)
      and not exists (
        select from interaction i
        where i.user_id = ${userId}::uuid and i.product_id = ranked.product_id
          and (i.type = 'DISMISS' or i.type = 'ADD_TO_CART' and i.at > ${inCartSince(placement, instant)}::timestamptz))
    order by rank limit ${limit}`
  return rows.map((row) => ({ ...row, reason: { code: 'TRENDING', becauseOf: null } }))
}
