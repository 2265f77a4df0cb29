import { randomUUID } from 'node:crypto'
import { runningCheckouts } from '@cartograph/contracts'
import { UnansweredError } from '@cartograph/service-runtime'
import type { InventoryServices } from '../stock/inventory-services.ts'
import { giveUpUnits } from './give-up-units.ts'
import { reservationMs } from './reservation.ts'

/** How many reservations are asked about, and ended, at once. */
const batchSize = 100
const deadlineMs = 2_000

type Services = Pick<InventoryServices, 'db' | 'orders' | 'logger' | 'now'>

/**
 * Ends the reservations that have expired and whose checkouts no longer need them, by the word of orders; those that do
 * are kept for as long again. Without an answer nothing ends. Of several sweepers at once each reservation is ended by
 * one. Returns how many were released.
 */
export async function expireReservations(services: Services): Promise<number> {
  let released = 0
  for (;;) {
    const expired = await findExpired(services)
    const running = expired.length > 0 ? await askRunning(services, expired) : null
    if (!running) return released
    const ended = await release(services, notIn(running, expired))
    const kept = await keep(services, running)
    released += ended
    // Without progress another sweeper has the rest.
    if (expired.length < batchSize || ended + kept === 0) return released
  }
}

const notIn = (running: readonly string[], ids: readonly string[]) => {
  const kept = new Set(running)
  return ids.filter((id) => !kept.has(id))
}

async function findExpired({ db, now }: Services): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select checkout_id as id from reservation where state = 'HELD' and expires_at <= ${now()}::timestamptz
    order by expires_at, checkout_id limit ${batchSize}`
  return rows.map(({ id }) => id)
}

async function askRunning({ orders, logger }: Services, checkoutIds: string[]): Promise<string[] | null> {
  try {
    const { running } = await orders.ask(runningCheckouts, { checkoutIds }, { deadlineMs, requestId: randomUUID() })
    return running
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error
    logger.warn({ err: error }, 'orders did not say which checkouts run: no reservation is ended')
    return null
  }
}

async function release({ db, now }: Services, checkoutIds: readonly string[]): Promise<number> {
  if (checkoutIds.length === 0) return 0
  return db.$transaction(async (tx) => {
    const at = now()
    // What somebody holds is being sold, released or kept right now.
    const released = await tx.$queryRaw<{ id: string }[]>`
      with locked as (
        select checkout_id from reservation
        where checkout_id = any(${checkoutIds}::uuid[]) and state = 'HELD' and expires_at <= ${at}::timestamptz
        order by checkout_id for no key update skip locked
      )
      update reservation r set state = 'RELEASED', ended_at = ${at}::timestamptz
      from locked where r.checkout_id = locked.checkout_id returning r.checkout_id as id`
    if (released.length > 0)
      await giveUpUnits(
        tx,
        released.map(({ id }) => id),
      )
    return released.length
  })
}

async function keep({ db, now }: Services, checkoutIds: readonly string[]): Promise<number> {
  if (checkoutIds.length === 0) return 0
  const at = now()
  return db.$executeRaw`
    with locked as (
      select checkout_id from reservation
      where checkout_id = any(${checkoutIds}::uuid[]) and state = 'HELD' and expires_at <= ${at}::timestamptz
      order by checkout_id for no key update skip locked
    )
    update reservation r set expires_at = ${new Date(at.getTime() + reservationMs)}::timestamptz
    from locked where r.checkout_id = locked.checkout_id`
}
