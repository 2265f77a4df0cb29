import type { Database } from '../database.ts'
import { matching, type OrderCondition } from './order-condition.ts'

/** How many orders meet `condition`. */
export async function countOrders(db: Database, condition: OrderCondition): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    select count(*)::int as count from customer_order o where ${matching(condition)}`
  return row.count
}

/** How many orders each of these customers has; who has none is left out. */
export async function countOrdersOfCustomers(
  db: Database,
  customerIds: readonly string[],
): Promise<{ readonly customerId: string; readonly count: number }[]> {
  return db.$queryRaw<{ customerId: string; count: number }[]>`
    select o.customer_id as "customerId", count(*)::int as count from customer_order o
    where o.customer_id = any(${customerIds}::uuid[]) group by o.customer_id`
}
