import {
  basketFeatures,
  buildOrderLog,
  daysOf,
  encodeModel,
  fitModel,
  type Model,
  type OrderLog,
} from '@cartograph/recommender'
import type pg from 'pg'
import { useModel } from '../model/use-model.ts'
import { readPurchases } from '../purchase/read-purchases.ts'
import { boughtTogether, boughtTogetherLimits } from './bought-together.ts'
import type { PurchaseHistory } from './purchase-history.ts'
import { removeOldModels } from './remove-old-models.ts'
import { similarProducts, similarProductsLimits } from './similar-products.ts'
import { writeNeighbours } from './write-neighbours.ts'

/**
 * Fits a model to the purchases there are now and puts it into use, inside the caller's transaction: a reader has the model
 * before it until that commits, and all of the new one from then on. Several may fit at a time; the last to end is in use.
 */
export async function recomputeModels(connection: pg.Client): Promise<number> {
  const history = await readPurchases(connection)
  const lastPurchase = history.placedAt.reduce((latest, at) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  const trainedUntil = history.placedAt.length === 0 ? null : new Date(lastPurchase)
  const model = fitModel(orderLogOf(history), trainedUntil === null ? 0 : daysOf(trainedUntil) + aSecond)
  const similar = similarProducts(history)
  const together = boughtTogether(history)
  // Whoever would put another model into use waits from here on, and finds it there or removed.
  await connection.query('lock table model in exclusive mode')
  const version = await writeModel(connection, history, trainedUntil, model)
  await writeNeighbours(connection, version, 'SIMILAR_ITEM', history.productIds, similar)
  await writeNeighbours(connection, version, 'BOUGHT_TOGETHER', history.productIds, together)
  await useModel(connection, version)
  await removeOldModels(connection)
  // Plans are made from statistics, and autovacuum brings the first ones only after a minute.
  await connection.query('analyze')
  return version
}

/** In days: what was bought last was bought before the fit. */
const aSecond = 1 / 86_400

function orderLogOf({ itemCount, buyerCount, buyers, placedAt, starts, items }: PurchaseHistory): OrderLog {
  return buildOrderLog(
    itemCount,
    buyerCount,
    Array.from(buyers, (customer, order) => ({
      customer,
      placedAt: daysOf(new Date(placedAt[order]!)),
      items: items.subarray(starts[order], starts[order + 1]),
    })),
  )
}

async function writeModel(
  connection: pg.Client,
  { placedAt, productIds }: PurchaseHistory,
  trainedUntil: Date | null,
  model: Model,
): Promise<number> {
  const { rows } = await connection.query<{ version: number }>(
    `insert into model (fitted_at, trained_until, orders, products, parameters, product_ids, artifact)
     values (clock_timestamp(), $1, $2, $3, $4, $5, $6) returning version`,
    [
      trainedUntil,
      placedAt.length,
      productIds.length,
      {
        similar: similarProductsLimits,
        boughtTogether: boughtTogetherLimits,
        discovery: model.discovery,
        basket: Object.fromEntries(basketFeatures.map((feature, place) => [feature, model.basket[place]])),
      },
      productIds,
      Buffer.from(encodeModel(model)),
    ],
  )
  return rows[0]!.version
}
