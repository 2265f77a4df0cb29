import { stockRunningLow } from '@cartograph/contracts'
import type { Database } from '../database.ts'
import type { InventoryServices } from './inventory-services.ts'
import type { LowStock } from './running-low.ts'

/**
 * Tells subscribers which variants have run low, in the transaction in which they did and which holds their levels: so
 * each fall is told once, and of one variant a later one has a higher version.
 */
export async function tellRunningLow(
  { outbox, now }: Pick<InventoryServices, 'outbox' | 'now'>,
  tx: Database,
  low: readonly LowStock[],
): Promise<void> {
  for (const payload of low) {
    const [drawn] = await tx.$queryRaw<{ version: number }[]>`
      select nextval('stock_running_low_version')::float8 as version`
    await outbox.publish(tx, stockRunningLow, {
      aggregateId: payload.variantId,
      aggregateVersion: drawn!.version,
      occurredAt: now(),
      payload,
    })
  }
}
