import {
  connection,
  type OwnedPages,
  type PageArguments,
  type PageLoader,
  pageRequest,
  type RowOfPage,
  startsOf,
} from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import { orderKeyOf, orderKeyShape, type OrderList } from './list-orders.ts'
import { orderColumns, orderOf, type OrderRow } from './order.ts'

/** A page of a customer's orders, the latest first. The same page of many customers is one statement. */
export async function listOrdersOfCustomer(
  pages: PageLoader<OrderRow & RowOfPage>,
  customerId: string,
  args: PageArguments,
): Promise<OrderList> {
  const page = pageRequest(`orders:customer:${customerId}`, orderKeyShape, args)
  const rows = await pages.load({ ownerId: customerId, page })
  return { ...connection(page, rows, orderKeyOf, orderOf), of: { customerId } }
}

/** Pages of the orders of these customers, each read from its own place in the index and no further than its size. */
export async function findPagesOfCustomerOrders(db: Database, pages: OwnedPages): Promise<(OrderRow & RowOfPage)[]> {
  const direction = pages.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const beyond = pages.backward ? Prisma.sql`>` : Prisma.sql`<`
  const start = startsOf(pages, pages.backward ? 'ascending' : 'descending')
  return db.$queryRaw<(OrderRow & RowOfPage)[]>`
    select k.request::int as request, o.*
    from unnest(${pages.ownerIds}::uuid[], ${start.instants}::timestamptz[], ${start.ids}::uuid[])
      with ordinality as k (customer_id, from_at, from_id, request)
    cross join lateral (
      select ${orderColumns} from customer_order o
      where o.customer_id = k.customer_id and (o.placed_at, o.id) ${beyond} (k.from_at, k.from_id)
      order by o.placed_at ${direction}, o.id ${direction} limit ${pages.size + 1}
    ) o
    order by k.request, o.placed_at ${direction}, o.id ${direction}`
}
