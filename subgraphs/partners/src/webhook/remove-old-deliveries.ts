import type { Database } from '../database.ts'

/** For so long what was sent can be looked at, and sent again. */
export const deliveriesKeptMs = 30 * 24 * 3_600_000

/** Removes deliveries of more than 30 days ago, with their tries, but those still to be sent; and secrets that have ended. */
export async function removeOldDeliveries(db: Database, now: Date): Promise<number> {
  const deliveries = await db.webhookDelivery.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - deliveriesKeptMs) }, status: { not: 'PENDING' } },
  })
  const secrets = await db.webhookSecret.deleteMany({ where: { expiresAt: { lte: now } } })
  return deliveries.count + secrets.count
}
