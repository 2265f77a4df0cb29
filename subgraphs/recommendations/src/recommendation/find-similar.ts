import { isShown } from '../catalogue/shown-product.ts'
import { type Database, Prisma } from '../database.ts'
import type { RowOfRanking } from './ranking-loader.ts'

/**
 * For each product up to `size` others that the model in use finds similar, and where these are fewer, after them such as
 * share words of the title and categories with it: also of a product that nobody has bought yet. One statement, however
 * many products. What all of a product's words and categories weigh is 1, and each by how rare it is among products
 * (inverse document frequency: Spärck Jones, Journal of Documentation 28, 1972). What shares some of them scores by what
 * these weigh, times the lowest score that the model gave, so that a list never rises again.
 */
export async function findSimilar(db: Database, productIds: readonly string[], size: number): Promise<RowOfRanking[]> {
  return db.$queryRaw<RowOfRanking[]>`
    with asked as (
      select k.request::int as request, k.product_id
      from unnest(${productIds}::uuid[]) with ordinality as k (product_id, request)
    ), ranked as (
      select a.request, a.product_id, row_number() over (partition by a.request order by n.rank)::int as rank,
        n.other_id, n.score
      from asked a join neighbour n on n.model_version = (select version from model_in_use)
        and n.nearness = 'SIMILAR_ITEM' and n.product_id = a.product_id and ${isShown(Prisma.sql`n.other_id`)}
    ), found as (
      select * from ranked where rank <= ${size}
    ), short as materialized (
      select a.request, p.id as product_id, p.title_words, p.category_ids, array_agg(f.other_id) as found_ids,
        count(f.rank)::int as found_count, coalesce(min(f.score), 1) as lowest
      from asked a join product p on p.id = a.product_id left join found f on f.request = a.request
      group by a.request, p.id having count(f.rank) < ${size}
    ), shared as (
      select unnest(requests) as request, other_id, weight from (${productsWith('title_words')}) as word
      union all
      select unnest(requests), other_id, weight from (${productsWith('category_ids')}) as category
    ), alike as (
      select request, other_id, sum(weight) as weight from shared group by request, other_id
    ), candidates as (
      -- The product is one of its own, and shares all there is: the greatest weight is what it weighs together.
      select request, max(weight) as whole, array_agg(other_id order by weight desc, other_id) as other_ids,
        array_agg(weight order by weight desc, other_id) as weights
      from alike group by request
    ), filled as (
      select s.request, s.product_id, s.found_count + row_number() over (partition by s.request order by a.place)::int as rank,
        a.other_id, a.weight::float8 / c.whole * s.lowest as score
      from short s join candidates c on c.request = s.request
      cross join lateral (
        select * from unnest(c.other_ids, c.weights) with ordinality as o (other_id, weight, place)
        where o.other_id <> s.product_id and o.other_id = any(s.found_ids) is not true
          -- "is true" keeps it from becoming a join: it is asked of one after the other, until there are enough.
          and ${isShown(Prisma.sql`o.other_id`)} is true
        order by o.place limit ${size} - s.found_count
      ) as a
    )
    select request, rank, other_id as "productId", score, product_id as "becauseOf"
    from (
      select request, product_id, rank, other_id, score from found
      union all
      select request, product_id, rank, other_id, score from filled
    ) as ranking
    order by request, rank`
}

/**
 * The products that have a word, or a category, of a product in "short", with what it weighs, ln(1 + products / products
 * that have it) in millionths, and the requests that it is of. Each is looked up once, by an index. Whole numbers,
 * because their sum is the same in whatever order: two that share the same are ordered by their ids.
 */
const productsWith = (column: 'title_words' | 'category_ids') =>
  Prisma.raw(`
    select term.requests, p.id as other_id,
      (ln(1 + (select count(*) from product)::float8 / count(*) over (partition by term.name)) * 1e6)::int as weight
    from (
      select name, array_agg(request) as requests from short, unnest(${column}) as name group by name
    ) as term join product p on p.${column} @> array[term.name]`)
