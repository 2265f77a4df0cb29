import type pg from 'pg'
import { useModel } from '../model/use-model.ts'
import { readPurchases } from '../purchase/read-purchases.ts'
import { boughtTogether, boughtTogetherLimits } from './bought-together.ts'
import type { PurchaseHistory } from './purchase-history.ts'
import { removeOldModels } from './remove-old-models.ts'
import { similarProducts, similarProductsLimits } from './similar-products.ts'
import { writeNeighbours } from './write-neighbours.ts'

/**
 * Computes a model of the purchases there are now and puts it into use, inside the caller's transaction: a reader has
 * the model before it until that commits, and all of the new one from then on. One computes at a time.
 */
export async function recomputeModels(connection: pg.Client): Promise<void> {
  // Whoever would put another model into use waits too, and finds it there or removed.
  await connection.query('lock table model in exclusive mode')
  const history = await readPurchases(connection)
  const version = await writeModel(connection, history)
  await writeNeighbours(connection, version, 'SIMILAR_ITEM', history.productIds, similarProducts(history))
  await writeNeighbours(connection, version, 'BOUGHT_TOGETHER', history.productIds, boughtTogether(history))
  await useModel(connection, version)
  await removeOldModels(connection)
  // Plans are made from statistics, and autovacuum brings the first ones only after a minute.
  await connection.query('analyze')
}

async function writeModel(connection: pg.Client, { placedAt, productIds }: PurchaseHistory): Promise<number> {
  const lastPurchase = placedAt.reduce((latest, at) => Math.max(latest, at), -Infinity)
  const { rows } = await connection.query<{ version: number }>(
    `insert into model (fitted_at, trained_until, orders, products, parameters)
     values (clock_timestamp(), $1, $2, $3, $4) returning version`,
    [
      placedAt.length === 0 ? null : new Date(lastPurchase),
      placedAt.length,
      productIds.length,
      { similar: similarProductsLimits, boughtTogether: boughtTogetherLimits },
    ],
  )
  return rows[0]!.version
}
