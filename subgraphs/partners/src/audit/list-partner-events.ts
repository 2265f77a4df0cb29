import { type Connection, connection, type PageArguments, pageRequest } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import type { PartnerEvent } from './partner-event.ts'

/** A page of what was done to a partner, or to all of them, the latest first, in one statement. */
export async function listPartnerEvents(
  db: Database,
  partnerId: string | null,
  args: PageArguments,
): Promise<Connection<PartnerEvent>> {
  const page = pageRequest(`partner-events:${partnerId ?? ''}`, ['instant', 'uuid'], args)
  const direction = page.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const beyond = page.backward ? Prisma.sql`>` : Prisma.sql`<`
  const conditions = [
    ...(partnerId === null ? [] : [Prisma.sql`e.partner_id = ${partnerId}::uuid`]),
    ...(page.from ? [Prisma.sql`(e.at, e.id) ${beyond} (${page.from[0]}::timestamptz, ${page.from[1]}::uuid)`] : []),
  ]
  const where = conditions.length > 0 ? Prisma.sql`where ${Prisma.join(conditions, ' and ')}` : Prisma.empty
  const rows = await db.$queryRaw<PartnerEvent[]>`
    select e.id, e.kind, e.partner_id as "partnerId", e.actor_id as "actorId", e.client_address as "clientAddress",
      e.request_id as "requestId", e.at
    from partner_event e ${where} order by e.at ${direction}, e.id ${direction} limit ${page.size + 1}`
  return connection(
    page,
    rows,
    (event) => [event.at.toISOString(), event.id],
    (event) => event,
  )
}
