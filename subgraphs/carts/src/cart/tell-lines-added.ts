import { linesAdded } from '@cartograph/contracts'
import type { Outbox } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import type { Demand } from './cart-rules.ts'
import type { Cart } from './cart.ts'

/**
 * Tells of the units that were put into a user's cart, in the transaction that puts them there; of a guest's nothing,
 * whose additions say nothing about anybody. `cart` is as it was written.
 */
export async function tellLinesAdded(
  tx: Database,
  outbox: Outbox,
  { id: cartId, version, updatedAt, access: { userId } }: Cart,
  demand: readonly Demand[],
): Promise<void> {
  if (userId === null) return
  await outbox.publish(tx, linesAdded, {
    aggregateId: cartId,
    aggregateVersion: version,
    occurredAt: updatedAt,
    payload: {
      cartId,
      userId,
      lines: demand.map(({ variantId, units }) => ({ variantId, quantity: units })),
      at: updatedAt.toISOString(),
    },
  })
}
