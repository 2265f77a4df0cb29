import {
  type Connection,
  connection,
  type OwnedPages,
  type PageArguments,
  type PageLoader,
  pageRequest,
  type RowOfPage,
  startsOf,
} from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import type { OrderEvent } from './order-event.ts'

/** A page of what happened to an order, the earliest first. The same page of many orders is one statement. */
export async function listTimeline(
  pages: PageLoader<OrderEvent & RowOfPage>,
  { id: orderId, asOf = null }: { readonly id: string; readonly asOf?: Date | null },
  args: PageArguments,
): Promise<Connection<OrderEvent>> {
  const page = pageRequest(`timeline:${orderId}`, ['instant', 'uuid'], args)
  const rows = await pages.load({ ownerId: orderId, page, until: asOf })
  return connection(
    page,
    rows,
    (event) => [event.at.toISOString(), event.id],
    (event) => event,
  )
}

export async function findPagesOfTimelines(db: Database, pages: OwnedPages): Promise<(OrderEvent & RowOfPage)[]> {
  const direction = pages.backward ? Prisma.sql`desc` : Prisma.sql`asc`
  const beyond = pages.backward ? Prisma.sql`<` : Prisma.sql`>`
  const start = startsOf(pages, pages.backward ? 'descending' : 'ascending')
  return db.$queryRaw<(OrderEvent & RowOfPage)[]>`
    select k.request::int as request, e.*
    from unnest(${pages.ownerIds}::uuid[], ${start.instants}::timestamptz[], ${start.ids}::uuid[],
      ${pages.until.map((instant) => instant?.toISOString() ?? 'infinity')}::timestamptz[])
      with ordinality as k (order_id, from_at, from_id, until, request)
    cross join lateral (
      select e.id, e.type::text as type, e.at, e.message from order_event e
      where e.order_id = k.order_id and e.at <= k.until and (e.at, e.id) ${beyond} (k.from_at, k.from_id)
      order by e.at ${direction}, e.id ${direction} limit ${pages.size + 1}
    ) e
    order by k.request, e.at ${direction}, e.id ${direction}`
}
