import type { Database } from '../database.ts'
import type { OperationUsage } from './operation-usage.ts'

/**
 * What partners ran since a day, the latest day first, in one statement. What was never published, as log-only gateways
 * run it, has its id for a name.
 */
export async function findUsageOfPartners(
  db: Database,
  partnerIds: readonly string[],
  since: Date,
): Promise<OperationUsage[]> {
  // Counts end where GraphQL's Int does.
  return db.$queryRaw<OperationUsage[]>`
    select u.partner_id as "partnerId", u.operation_id as "operationId", coalesce(o.name, u.operation_id) as name, u.day,
      least(u.calls, 2147483647)::int as calls, least(u.errors, 2147483647)::int as errors,
      least(u.points, 2147483647)::int as points
    from operation_usage u
    left join persisted_operation o on o.partner_id = u.partner_id and o.operation_id = u.operation_id
    where u.partner_id = any(${partnerIds}::uuid[]) and u.day >= ${since}::date
    order by u.day desc, name, u.operation_id`
}
