import type { InventoryServices } from '../stock/inventory-services.ts'
import { expireReservations } from './expire-reservations.ts'

const everyMs = 30_000

/** Ends expired reservations again and again, one sweep at a time, until stopped; `stop` waits for the one under way. */
export function sweepReservations(services: Pick<InventoryServices, 'db' | 'orders' | 'logger' | 'now'>) {
  let underWay: Promise<void> | null = null
  const sweep = async () => {
    try {
      const released = await expireReservations(services)
      if (released > 0) services.logger.info({ released }, 'expired reservations were released')
    } catch (error) {
      services.logger.error({ err: error }, 'expired reservations were not released; the next sweep tries again')
    }
    underWay = null
  }
  const timer = setInterval(() => {
    underWay ??= sweep()
  }, everyMs)
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await underWay
    },
  }
}
