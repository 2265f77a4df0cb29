import type * as contracts from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'

/**
 * Adds a batch of a gateway's to what partners have run and notes when their keys were last shown, in two statements;
 * what is of a partner or a key that is not there is left out. Rows are taken in one order, so that batches of several
 * gateways wait for each other and never both.
 */
export async function recordUsage(
  tx: Database,
  { usage, keys }: z.output<typeof contracts.recordUsage.input>,
): Promise<z.input<typeof contracts.recordUsage.result>> {
  await tx.$executeRaw`
    insert into operation_usage as known (partner_id, day, operation_id, calls, errors, points)
    select u."partnerId", u.day, u."operationId", sum(u.calls), sum(u.errors), sum(u.points)
    from jsonb_to_recordset(${JSON.stringify(usage)}::text::jsonb) as u
      ("partnerId" uuid, day date, "operationId" text, calls bigint, errors bigint, points bigint)
    join partner p on p.id = u."partnerId"
    group by 1, 2, 3 order by 1, 2, 3
    on conflict (partner_id, day, operation_id) do update set
      calls = known.calls + excluded.calls, errors = known.errors + excluded.errors, points = known.points + excluded.points`
  await tx.$executeRaw`
    with shown as (
      select s."keyId" as id, max(s."lastUsedAt") as at
      from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as s ("keyId" uuid, "lastUsedAt" timestamptz)
      group by 1
    ), held as (
      select k.id, s.at from partner_key k join shown s on s.id = k.id order by k.id for no key update of k
    )
    update partner_key k set last_used_at = greatest(k.last_used_at, held.at) from held where k.id = held.id`
  return {}
}
