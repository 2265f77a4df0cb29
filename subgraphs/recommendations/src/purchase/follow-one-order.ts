import type { Database } from '../database.ts'

/**
 * Waits for whoever is writing of this order, and makes others wait until the transaction ends: of two at once each
 * would miss what the other is about to write.
 */
export async function followOneOrder(tx: Database, orderId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${orderId}::text, 0))::text`
}
