import type { reserveStock as command } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'
import type { ReservationState } from './reservation.ts'

interface VariantNow {
  variantId: string
  requested: number
  available: number
  state: ReservationState | null
  /** What the checkout's reservation holds of it. */
  held: number
}

/**
 * Why no reservation was opened: the checkout is over, has one already, or units are short. Null when none of it is
 * true any more. Reads without waiting for anybody.
 */
export async function refusalOf(
  tx: Database,
  checkoutId: string,
  demand: ReadonlyMap<string, number>,
): Promise<z.input<typeof command.result> | null> {
  const variants = await tx.$queryRaw<VariantNow[]>`
    select d.variant_id as "variantId", d.quantity as requested,
      coalesce(sum(l.on_hand - l.reserved + l.backorder_limit), 0)::float8 as available,
      coalesce(sum(r.quantity), 0)::float8 as held,
      (select state::text from reservation where checkout_id = ${checkoutId}::uuid) as state
    from unnest(${[...demand.keys()]}::uuid[], ${[...demand.values()]}::float8[]) d (variant_id, quantity)
    left join stock_level l on l.variant_id = d.variant_id
    left join reservation_line r on r.stock_level_id = l.id and r.checkout_id = ${checkoutId}::uuid
    group by d.variant_id, d.quantity order by d.variant_id`
  const state = variants[0]!.state
  if (state === 'RELEASED') return { outcome: 'released' }
  if (state !== null) {
    if (variants.every(({ held, requested }) => held === requested)) return { outcome: 'reserved' }
    throw new Error(`checkout ${checkoutId} has reserved other units before`)
  }
  const shortages = variants
    .filter(({ requested, available }) => requested > available)
    .map(({ variantId, requested, available }) => ({ variantId, requested, available }))
  return shortages.length > 0 ? { outcome: 'short', shortages } : null
}
