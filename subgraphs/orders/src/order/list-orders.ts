import { type Connection, connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import { conditionKey, matching, type OrderCondition } from './order-condition.ts'
import { type Order, orderColumns, orderOf, type OrderRow } from './order.ts'

/** What identifies a row in a list of orders, the latest first. */
export const orderKeyShape = ['instant', 'uuid'] as const
export const orderKeyOf = (row: OrderRow): [string, string] => [row.placed_at.toISOString(), row.id]

/** A page of orders, and what its count is computed from when asked for. */
export interface OrderList extends Connection<Order> {
  readonly of: { readonly condition: OrderCondition } | { readonly customerId: string }
}

/** A page of all the orders that meet `condition`, the latest first, in one statement. */
export async function listOrders(db: Database, condition: OrderCondition, args: PageArguments): Promise<OrderList> {
  const page = pageRequest(`orders:${conditionKey(condition)}`, orderKeyShape, args)
  const direction = page.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const beyond = page.backward ? Prisma.sql`>` : Prisma.sql`<`
  const start = page.from
    ? Prisma.sql`and (o.placed_at, o.id) ${beyond} (${page.from[0]}::timestamptz, ${page.from[1]}::uuid)`
    : Prisma.empty
  const rows = await db.$queryRaw<OrderRow[]>`
    select ${orderColumns} from customer_order o where ${matching(condition)} ${start}
    order by o.placed_at ${direction}, o.id ${direction} limit ${page.size + 1}`
  return { ...connection(page, rows, orderKeyOf, orderOf), of: { condition } }
}
