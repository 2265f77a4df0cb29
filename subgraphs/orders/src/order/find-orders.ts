import type { Database } from '../database.ts'
import { type OrderLine, orderLineColumns, orderLineOf, type OrderLineRow } from './order-line.ts'
import { type Order, orderColumns, orderOf, type OrderRow } from './order.ts'

// Raw SQL where Prisma would write `IN ($1, $2, …)`: one text for any number of keys is one prepared statement.

/** The orders with these ids, in no order; unknown ids are left out. */
export async function findOrders(db: Database, ids: readonly string[]): Promise<Order[]> {
  const rows = await db.$queryRaw<OrderRow[]>`
    select ${orderColumns} from customer_order o where o.id = any(${ids}::uuid[])`
  return rows.map(orderOf)
}

/** The orders with these numbers, in no order; unknown numbers are left out. */
export async function findOrdersByNumber(db: Database, numbers: readonly string[]): Promise<Order[]> {
  const rows = await db.$queryRaw<OrderRow[]>`
    select ${orderColumns} from customer_order o where o.number = any(${numbers}::text[])`
  return rows.map(orderOf)
}

/**
 * The lines of these orders, those of one order in their order. Both tables are asked by id: joined by the lines alone,
 * the planner hashes every order there is.
 */
export async function findLinesOfOrders(db: Database, orderIds: readonly string[]): Promise<OrderLine[]> {
  const rows = await db.$queryRaw<OrderLineRow[]>`
    select ${orderLineColumns} from order_line l join customer_order o on o.id = l.order_id
    where l.order_id = any(${orderIds}::uuid[]) and o.id = any(${orderIds}::uuid[]) order by l.order_id, l.position`
  return rows.map(orderLineOf)
}
