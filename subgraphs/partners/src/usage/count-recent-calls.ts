import type { Database } from '../database.ts'

const days = 30
const dayMs = 24 * 3_600_000

/** How often each operation was run in the last 30 days, today included, by keys `<partner id> <operation id>`; one statement. */
export async function countRecentCalls(
  db: Database,
  keys: readonly string[],
  now: Date,
): Promise<{ key: string; calls: number }[]> {
  const parts = keys.map((key) => key.split(/ (.*)/s))
  const since = new Date(now.getTime() - (days - 1) * dayMs)
  return db.$queryRaw`
    select k.partner_id || ' ' || k.operation_id as key, least(sum(u.calls), 2147483647)::int as calls
    from unnest(${parts.map(([partnerId]) => partnerId)}::uuid[], ${parts.map(([, id]) => id)}::text[])
      as k (partner_id, operation_id)
    join operation_usage u on u.partner_id = k.partner_id and u.operation_id = k.operation_id
      and u.day >= (${since}::timestamptz at time zone 'UTC')::date
    group by 1`
}
