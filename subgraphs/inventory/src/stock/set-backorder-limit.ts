import { invalidInput, notFound, Refused, refuseIfAny, validationError } from '@cartograph/error-catalogue'
import type { Database, PrismaClient } from '../database.ts'
import { findHomeLevels } from './find-home-levels.ts'
import { findStockLevels } from './find-stock.ts'
import { lockStock } from './lock-stock.ts'
import { owedUnits, type StockLevel } from './stock-level.ts'

const mostUnits = 1_000_000

/**
 * Says how many units of a variant may be promised and sold before they are there; 0 for none. The level that has the
 * limit keeps it; the first one is that of the first location by name. Refused when more units are owed already: the
 * levels are held meanwhile, so none can come to be owed beside it.
 */
export async function setBackorderLimit(db: PrismaClient, variantId: string, limit: number): Promise<StockLevel> {
  if (limit < 0 || limit > mostUnits)
    throw new Refused([invalidInput(`limit is a number of units from 0 to ${mostUnits}.`, ['limit'])])
  return db.$transaction(async (tx) => {
    const levels = await lockStock(tx, [variantId])
    const holder = levels.find(({ backorderLimit }) => backorderLimit > 0) ?? (await homeLevel(tx, variantId, levels))
    if (!holder) throw new Refused([notFound('No location keeps this variant.', ['variantId'])])
    const owed = owedUnits(holder)
    refuseIfAny(
      limit < owed ? [validationError('UNITS_OWED', `${owed} units are owed, more than this limit.`, ['limit'])] : [],
    )
    await tx.$executeRaw`update stock_level set backorder_limit = ${limit} where id = ${holder.id}::uuid`
    return (await findStockLevels(tx, [holder.id]))[0]!
  })
}

async function homeLevel(tx: Database, variantId: string, levels: readonly StockLevel[]) {
  const home = (await findHomeLevels(tx, [variantId])).get(variantId)
  return levels.find(({ id }) => id === home)
}
