import type { reserveStock as command } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'
import type { InventoryServices } from '../stock/inventory-services.ts'
import { stockThatRanLow } from '../stock/running-low.ts'
import { promisableUnits, type StockLevel } from '../stock/stock-level.ts'
import { tellRunningLow } from '../stock/tell-running-low.ts'
import { type LevelUnits, levelsByVariant, unitsByVariant } from '../stock/units.ts'
import { allocateUnits } from './allocate-units.ts'
import { openReservation, writeLines, withdrawReservation } from './open-reservation.ts'
import { refusalOf } from './refuse-reservation.ts'

type Outcome = z.input<typeof command.result>

/**
 * Promises units to a checkout, of every variant or of none. All levels of the variants are held before anything is
 * decided, so the order of takers is the order of decisions and nothing is promised twice; what is plainly short is
 * refused without waiting for anybody.
 */
export async function reserveStock(
  services: Pick<InventoryServices, 'outbox' | 'now'>,
  tx: Database,
  { checkoutId, lines }: z.output<typeof command.input>,
): Promise<Outcome> {
  const demand = unitsByVariant(lines)
  for (;;) {
    const levels = await openReservation(tx, checkoutId, demand, services.now())
    if (levels.length > 0) return promise(services, tx, checkoutId, demand, levels)
    // Null when units have come back since: then there is enough after all.
    const refusal = await refusalOf(tx, checkoutId, demand)
    if (refusal) return refusal
  }
}

async function promise(
  services: Pick<InventoryServices, 'outbox' | 'now'>,
  tx: Database,
  checkoutId: string,
  demand: ReadonlyMap<string, number>,
  levels: readonly StockLevel[],
): Promise<Outcome> {
  const byVariant = levelsByVariant(levels)
  const plans = Array.from(demand, ([variantId, requested]) => {
    const ofVariant = byVariant.get(variantId) ?? []
    return { variantId, requested, ofVariant, taken: allocateUnits(requested, ofVariant) }
  })
  const shortages = plans
    .filter(({ taken }) => taken === null)
    .map(({ variantId, requested, ofVariant }) => {
      const available = ofVariant.reduce((sum, level) => sum + promisableUnits(level), 0)
      return { variantId, requested, available }
    })
  if (shortages.length > 0) {
    // Whoever held the levels before has taken what was there.
    await withdrawReservation(tx, checkoutId)
    return { outcome: 'short', shortages }
  }
  const taken = plans.flatMap((plan) => plan.taken ?? [])
  await writeLines(tx, checkoutId, taken)
  const low = plans.flatMap(({ ofVariant }) => stockThatRanLow(ofVariant, less(ofVariant, taken)) ?? [])
  await tellRunningLow(services, tx, low)
  return { outcome: 'reserved' }
}

function less(levels: readonly StockLevel[], taken: readonly LevelUnits[]): StockLevel[] {
  const quantities = new Map(taken.map(({ stockLevelId, quantity }) => [stockLevelId, quantity]))
  return levels.map((level) => ({ ...level, reserved: level.reserved + (quantities.get(level.id) ?? 0) }))
}
