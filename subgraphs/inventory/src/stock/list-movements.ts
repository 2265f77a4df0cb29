import { type Connection, connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import type { StockMovement } from './stock-level.ts'

/** A page of a level's ledger, the latest movement first. */
export async function listMovements(
  db: Database,
  stockLevelId: string,
  args: PageArguments,
): Promise<Connection<StockMovement>> {
  const page = pageRequest(`movements:${stockLevelId}`, ['uuid'], args)
  const direction = page.backward ? Prisma.sql`asc` : Prisma.sql`desc`
  const start = page.from
    ? Prisma.sql`and m.id ${page.backward ? Prisma.sql`>` : Prisma.sql`<`} ${page.from[0]}::uuid`
    : Prisma.empty
  const rows = await db.$queryRaw<StockMovement[]>`
    select m.id, m.delta, m.reason::text as reason, m.on_hand_after as "onHandAfter", m.created_at as "createdAt"
    from stock_movement m where m.stock_level_id = ${stockLevelId}::uuid ${start}
    order by m.id ${direction} limit ${page.size + 1}`
  return connection(
    page,
    rows,
    (movement) => [movement.id],
    (movement) => movement,
  )
}
