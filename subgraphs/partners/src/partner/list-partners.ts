import { type Connection, connection, type PageArguments, pageRequest } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import type { Partner } from './partner.ts'

/** A page of all partners, by name, in one statement. */
export async function listPartners(db: Database, args: PageArguments): Promise<Connection<Partner>> {
  const page = pageRequest('partners', ['text'], args)
  const direction = page.backward ? Prisma.sql`desc` : Prisma.sql`asc`
  const beyond = page.backward ? Prisma.sql`<` : Prisma.sql`>`
  const start = page.from ? Prisma.sql`where p.name ${beyond} ${page.from[0]}` : Prisma.empty
  const rows = await db.$queryRaw<Partner[]>`
    select p.id, p.name, p.scopes, p.points_per_minute as "pointsPerMinute", p.created_at as "createdAt"
    from partner p ${start} order by p.name ${direction} limit ${page.size + 1}`
  return connection(
    page,
    rows,
    (partner) => [partner.name],
    (partner) => partner,
  )
}
