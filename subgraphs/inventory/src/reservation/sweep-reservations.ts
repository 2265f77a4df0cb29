import { keepSweeping } from '@cartograph/service-runtime'
import type { InventoryServices } from '../stock/inventory-services.ts'
import { expireReservations } from './expire-reservations.ts'

const everyMs = 30_000

/** Ends expired reservations every half a minute, as keepSweeping does. */
export function sweepReservations(
  services: Pick<InventoryServices, 'db' | 'orders' | 'logger' | 'now'>,
): ReturnType<typeof keepSweeping> {
  return keepSweeping({
    everyMs,
    sweep: () => expireReservations(services),
    logger: services.logger,
    done: 'expired reservations were released',
    failed: 'expired reservations were not released; the next sweep tries again',
  })
}
