import type pg from 'pg'
import type { Nearness } from '../recommendation/list-neighbours.ts'
import type { Neighbours } from './cosine-neighbours.ts'

/** Rows of one INSERT. */
const batchSize = 20_000

/** Writes the neighbours of a model that has none of this nearness yet; item `i` of them is `productIds[i]`. */
export async function writeNeighbours(
  connection: pg.Client,
  modelVersion: number,
  nearness: Nearness,
  productIds: readonly string[],
  { starts, items, scores }: Neighbours,
): Promise<void> {
  let rows = { products: [] as string[], ranks: [] as number[], others: [] as string[], scores: [] as number[] }
  const flush = async () => {
    await connection.query(
      `insert into neighbour (model_version, nearness, product_id, rank, other_id, score)
       select $1, $2, * from unnest($3::uuid[], $4::int[], $5::uuid[], $6::float8[])`,
      [modelVersion, nearness, rows.products, rows.ranks, rows.others, rows.scores],
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
