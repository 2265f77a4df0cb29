import { type Connection, connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import { type User, userColumns } from './user.ts'

export interface UserList extends Connection<User> {
  readonly query: string | null
}

/** A page of accounts, the newest first, in one statement. */
export async function listUsers(db: Database, query: string | null, args: PageArguments): Promise<UserList> {
  const page = pageRequest(`users:${query ?? ''}`, ['instant', 'uuid'], args)
  const direction = page.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const start = page.from
    ? Prisma.sql`and (u.created_at, u.id) ${page.backward ? Prisma.sql`>` : Prisma.sql`<`} (${page.from[0]}::timestamptz, ${page.from[1]}::uuid)`
    : Prisma.empty
  const rows = await db.$queryRaw<User[]>`
    select ${userColumns} from user_account u where ${matching(query)} ${start}
    order by u.created_at ${direction}, u.id ${direction} limit ${page.size + 1}`
  return {
    ...connection(
      page,
      rows,
      (user) => [user.createdAt.toISOString(), user.id],
      (user) => user,
    ),
    query,
  }
}

/** How many accounts match `query`. */
export async function countUsers(db: Database, query: string | null): Promise<number> {
  const [row] = await db.$queryRaw<
    [{ count: number }]
  >`select count(*)::int as count from user_account u where ${matching(query)}`
  return row.count
}

function matching(query: string | null): Prisma.Sql {
  if (query === null) return Prisma.sql`true`
  const pattern = query.toLowerCase().replace(/[\\%_]/g, '\\$&')
  return Prisma.sql`(u.email like ${`${pattern}%`} or ' ' || lower(u.display_name) like ${`% ${pattern}%`})`
}
