import type { stockRunningLow } from '@cartograph/contracts'
import type { ReceivedEvent } from '@cartograph/messaging'
import type { z } from 'zod'
import type { Database } from '../database.ts'

/** Notes how many units of a variant are left, unless something later is known already. */
export async function followStock(
  tx: Database,
  { aggregateVersion: version, occurredAt, payload }: ReceivedEvent<z.output<typeof stockRunningLow.payload>>,
): Promise<void> {
  await tx.$executeRaw`
    insert into stock as s (variant_id, available, version, told_at)
    values (${payload.variantId}::uuid, ${payload.available}::int, ${version}::int, ${occurredAt}::timestamptz)
    on conflict (variant_id) do update
    set available = excluded.available, version = excluded.version, told_at = excluded.told_at
    where s.version < excluded.version`
}
