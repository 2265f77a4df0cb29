import { type Connection, connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import type { SecurityEvent, SecurityEventKind } from './security-event.ts'

export interface SecurityEventFilter {
  readonly userId: string | null
  readonly kind: SecurityEventKind | null
}

/** A page of what was recorded, the latest first, in one statement. */
export async function listSecurityEvents(
  db: Database,
  { userId, kind }: SecurityEventFilter,
  args: PageArguments,
): Promise<Connection<SecurityEvent>> {
  const page = pageRequest(`security-events:${userId ?? ''}:${kind ?? ''}`, ['instant', 'uuid'], args)
  const direction = page.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const beyond = page.backward ? Prisma.sql`>` : Prisma.sql`<`
  const conditions = [
    ...(userId === null ? [] : [Prisma.sql`e.user_id = ${userId}::uuid`]),
    ...(kind === null ? [] : [Prisma.sql`e.kind = ${kind}`]),
    ...(page.from ? [Prisma.sql`(e.at, e.id) ${beyond} (${page.from[0]}::timestamptz, ${page.from[1]}::uuid)`] : []),
  ]
  const where = conditions.length > 0 ? Prisma.sql`where ${Prisma.join(conditions, ' and ')}` : Prisma.empty
  const rows = await db.$queryRaw<SecurityEvent[]>`
    select e.id, e.kind, e.user_id as "userId", e.actor_id as "actorId", e.session_id as "sessionId",
      e.client_address as "clientAddress", e.request_id as "requestId", e.at
    from security_event e ${where} order by e.at ${direction}, e.id ${direction} limit ${page.size + 1}`
  return connection(
    page,
    rows,
    (event) => [event.at.toISOString(), event.id],
    (event) => event,
  )
}
