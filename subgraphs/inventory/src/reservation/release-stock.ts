import type { Database } from '../database.ts'
import type { InventoryServices } from '../stock/inventory-services.ts'
import { giveUpUnits } from './give-up-units.ts'

/**
 * Takes back what was promised to a checkout; what is sold stays sold. Where there is no reservation it leaves one that
 * is released, so that one under way, or still to come, promises nothing: whichever is first, nothing is held after
 * both.
 */
export async function releaseStock(
  { now }: Pick<InventoryServices, 'now'>,
  tx: Database,
  { checkoutId }: { checkoutId: string },
): Promise<Record<string, never>> {
  const at = now()
  const released = await tx.$executeRaw`
    insert into reservation as r (checkout_id, state, created_at, expires_at, ended_at)
    values (${checkoutId}::uuid, 'RELEASED', ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz)
    on conflict (checkout_id) do update set state = 'RELEASED', ended_at = excluded.ended_at where r.state = 'HELD'`
  // A statement of its own: the first one may have waited for a reservation whose lines it does not see.
  if (released > 0) await giveUpUnits(tx, [checkoutId])
  return {}
}
