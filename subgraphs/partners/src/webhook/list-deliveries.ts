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
import type { WebhookDelivery, WebhookDeliveryStatus } from './webhook-delivery.ts'

/** A page of what goes to an endpoint, the latest first: all of it, or what is in a state. Many endpoints are one statement. */
export async function listDeliveries(
  pages: PageLoader<WebhookDelivery & RowOfPage>,
  endpointId: string,
  status: WebhookDeliveryStatus | null,
  args: PageArguments,
): Promise<Connection<WebhookDelivery>> {
  const page = pageRequest(`webhook-deliveries:${endpointId}:${status ?? ''}`, ['instant', 'uuid'], args)
  const rows = await pages.load({ ownerId: endpointId, page })
  return connection(
    page,
    rows,
    (delivery) => [delivery.createdAt.toISOString(), delivery.id],
    (delivery) => delivery,
  )
}

export async function findPagesOfDeliveries(
  db: Database,
  status: WebhookDeliveryStatus | null,
  pages: OwnedPages,
): Promise<(WebhookDelivery & RowOfPage)[]> {
  const direction = pages.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const beyond = pages.backward ? Prisma.sql`>` : Prisma.sql`<`
  const start = startsOf(pages, pages.backward ? 'ascending' : 'descending')
  const inState = status === null ? Prisma.empty : Prisma.sql`and d.status = ${status}::"WebhookDeliveryStatus"`
  return db.$queryRaw<(WebhookDelivery & RowOfPage)[]>`
    select k.request::int as request, d.*
    from unnest(${pages.ownerIds}::uuid[], ${start.instants}::timestamptz[], ${start.ids}::uuid[])
      with ordinality as k (endpoint_id, from_at, from_id, request)
    cross join lateral (
      select d.id, d.message_id as "messageId", d.event_type as "eventType", d.status::text as status, d.payload,
        d.created_at as "createdAt", d.next_attempt_at as "nextAttemptAt"
      from webhook_delivery d
      where d.endpoint_id = k.endpoint_id ${inState} and (d.created_at, d.id) ${beyond} (k.from_at, k.from_id)
      order by d.created_at ${direction}, d.id ${direction} limit ${pages.size + 1}
    ) d
    order by k.request, d."createdAt" ${direction}, d.id ${direction}`
}
