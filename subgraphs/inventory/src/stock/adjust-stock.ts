import { createHash } from 'node:crypto'
import { invalidInput, notFound, Refused, refuseIfAny, validationError } from '@cartograph/error-catalogue'
import { isUniqueViolation } from '@cartograph/service-runtime'
import type { Database } from '../database.ts'
import { findStockLevels } from './find-stock.ts'
import type { InventoryServices } from './inventory-services.ts'
import { lockStock } from './lock-stock.ts'
import { stockThatRanLow } from './running-low.ts'
import type { StockAdjustmentReason, StockLevel } from './stock-level.ts'
import { tellRunningLow } from './tell-running-low.ts'

export interface StockAdjustmentRequest {
  readonly variantId: string
  readonly locationId: string
  readonly delta: number
  readonly reason: StockAdjustmentReason
}

/** The most units that one movement moves. */
const mostUnits = 1_000_000

/**
 * Moves stock once for each key of a caller: the level, the ledger and the key are written together. The same key with
 * the same request answers the level and moves nothing, also when both come at once; with another request it is
 * refused. Never takes what is not there, nor what is promised and may not be owed.
 */
export async function adjustStock(
  services: Pick<InventoryServices, 'db' | 'outbox' | 'now'>,
  callerId: string,
  idempotencyKey: string,
  request: StockAdjustmentRequest,
): Promise<StockLevel> {
  const { db, outbox } = services
  check(idempotencyKey, request)
  const requestHash = hashOf(request)
  const levelId =
    (await earlierOutcome(db, callerId, idempotencyKey, requestHash)) ??
    (await outbox
      .wakingAfter<Database>(db)
      .$transaction((tx) => move(services, tx, callerId, idempotencyKey, requestHash, request))
      .catch(async (error: unknown) => {
        // The same key came in twice at once and the other one was first.
        const earlier = isUniqueViolation(error, 'stock_adjustment_pkey')
          ? await earlierOutcome(db, callerId, idempotencyKey, requestHash)
          : null
        if (earlier === null) throw error
        return earlier
      }))
  return (await findStockLevels(db, [levelId]))[0]!
}

function check(idempotencyKey: string, { delta }: StockAdjustmentRequest): void {
  const problems = [
    ...(delta !== 0 && Math.abs(delta) <= mostUnits
      ? []
      : [invalidInput(`delta is a number of units from -${mostUnits} to ${mostUnits}, and not 0.`, ['delta'])]),
    ...(/^[\x21-\x7e]{1,200}$/.test(idempotencyKey)
      ? []
      : [invalidInput('An idempotency key has 1 to 200 printable ASCII characters.', ['idempotencyKey'])]),
  ]
  refuseIfAny(problems)
}

function hashOf({ variantId, locationId, delta, reason }: StockAdjustmentRequest): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHash('sha256')
      .update(JSON.stringify([variantId, locationId, delta, reason]))
      .digest(),
  )
}

/** The level that this key has moved before, or null. Throws Refused when it was for another request. */
async function earlierOutcome(
  db: Database,
  callerId: string,
  idempotencyKey: string,
  requestHash: Uint8Array,
): Promise<string | null> {
  const earlier = await db.stockAdjustment.findUnique({
    where: { callerId_idempotencyKey: { callerId, idempotencyKey } },
    select: { requestHash: true, movement: { select: { stockLevelId: true } } },
  })
  if (!earlier) return null
  if (Buffer.compare(earlier.requestHash, requestHash) !== 0) {
    throw new Refused([
      validationError('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used with another request.', [
        'idempotencyKey',
      ]),
    ])
  }
  return earlier.movement.stockLevelId
}

async function move(
  services: Pick<InventoryServices, 'outbox' | 'now'>,
  tx: Database,
  callerId: string,
  idempotencyKey: string,
  requestHash: Uint8Array<ArrayBuffer>,
  { variantId, locationId, delta, reason }: StockAdjustmentRequest,
): Promise<string> {
  const location = await tx.stockLocation.findUnique({ where: { id: locationId }, select: { id: true } })
  if (!location) throw new Refused([notFound('The location does not exist.', ['locationId'])])
  // A first delivery opens the level; everything else must find one.
  if (delta > 0) {
    await tx.$executeRaw`
      insert into stock_level (variant_id, location_id, on_hand) values (${variantId}::uuid, ${locationId}::uuid, 0)
      on conflict (variant_id, location_id) do nothing`
  }
  const before = delta < 0 ? await lockStock(tx, [variantId]) : []
  const [moved] = await tx.$queryRaw<{ id: string; on_hand: number }[]>`
    update stock_level set on_hand = on_hand + ${delta}
    where variant_id = ${variantId}::uuid and location_id = ${locationId}::uuid
      and (${delta} > 0 or on_hand + ${delta} >= 0)
      and on_hand + ${delta} between reserved - backorder_limit and 2000000000
    returning id, on_hand`
  if (!moved)
    throw new Refused([invalidInput('There are fewer free units at this location than should be taken.', ['delta'])])
  const movement = await tx.stockMovement.create({
    data: { stockLevelId: moved.id, delta, reason, onHandAfter: moved.on_hand },
    select: { id: true },
  })
  await tx.stockAdjustment.create({ data: { callerId, idempotencyKey, requestHash, movementId: movement.id } })
  const low = before.length > 0 ? stockThatRanLow(before, withMove(before, moved)) : null
  await tellRunningLow(services, tx, low ? [low] : [])
  return moved.id
}

const withMove = (levels: readonly StockLevel[], moved: { id: string; on_hand: number }) =>
  levels.map((level) => (level.id === moved.id ? { ...level, onHand: moved.on_hand } : level))
