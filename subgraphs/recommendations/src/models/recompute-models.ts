import type pg from 'pg'
import { readPurchases } from '../purchase/read-purchases.ts'
import { boughtTogether } from './bought-together.ts'
import type { Neighbours } from './cosine-neighbours.ts'
import { similarProducts } from './similar-products.ts'
import { trendingProducts } from './trending-products.ts'

/** Rows of one INSERT. */
const batchSize = 20_000

/**
 * Replaces all that is computed by what follows from the purchases there are now, inside the caller's transaction: a
 * reader sees the old recommendations until it commits. One computes at a time.
 */
export async function recomputeModels(connection: pg.Client): Promise<void> {
  await connection.query('lock table similar_product, bought_together, trending_product in share row exclusive mode')
  const history = await readPurchases(connection)
  await replaceNeighbours(connection, 'similar_product', history.productIds, similarProducts(history))
  await replaceNeighbours(connection, 'bought_together', history.productIds, boughtTogether(history))
  const trending = trendingProducts(history)
  // Deleted, not truncated: readers would wait for that, and miss the old rows after it.
  await connection.query('delete from trending_product')
  await connection.query(
    `insert into trending_product (rank, product_id, score)
     select rank, product_id, score
     from unnest($1::uuid[], $2::float8[]) with ordinality as r (product_id, score, rank)`,
    [Array.from(trending.items, (item) => history.productIds[item]!), [...trending.scores]],
  )
  // Plans are made from statistics, and autovacuum brings the first ones only after a minute.
  await connection.query('analyze')
}

async function replaceNeighbours(
  connection: pg.Client,
  table: 'similar_product' | 'bought_together',
  productIds: readonly string[],
  { starts, items, scores }: Neighbours,
): Promise<void> {
  await connection.query(`delete from ${table}`)
  let rows = { products: [] as string[], ranks: [] as number[], others: [] as string[], scores: [] as number[] }
  const flush = async () => {
    await connection.query(
      `insert into ${table} (product_id, rank, other_id, score)
       select * from unnest($1::uuid[], $2::int[], $3::uuid[], $4::float8[])`,
      [rows.products, rows.ranks, rows.others, rows.scores],
    )
    rows = { products: [], ranks: [], others: [], scores: [] }
  }
  for (const [item, productId] of productIds.entries()) {
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      rows.products.push(productId)
      rows.ranks.push(at - starts[item]! + 1)
      rows.others.push(productIds[items[at]!]!)
      rows.scores.push(scores[at]!)
    }
    if (rows.products.length >= batchSize) await flush()
  }
  await flush()
}
