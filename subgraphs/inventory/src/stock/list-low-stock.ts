import { type Connection, connection, pageRequest, type PageArguments } from '@cartograph/keyset-paging'
import { type Database, Prisma } from '../database.ts'
import { availableUnits, type StockLevel, stockLevelColumns } from './stock-level.ts'

/** A page of the levels with at most `threshold` available units, the fewest first. */
export async function listLowStock(
  db: Database,
  threshold: number,
  args: PageArguments,
): Promise<Connection<StockLevel>> {
  const page = pageRequest(`lowStock:${threshold}`, ['integer', 'uuid'], args)
  const direction = page.backward ? Prisma.sql`desc` : Prisma.sql`asc`
  const start = page.from
    ? Prisma.sql`and (l.on_hand - l.reserved, l.id) ${page.backward ? Prisma.sql`<` : Prisma.sql`>`} (${page.from[0]}::int, ${page.from[1]}::uuid)`
    : Prisma.empty
  const rows = await db.$queryRaw<StockLevel[]>`
    select ${stockLevelColumns} from stock_level l where l.on_hand - l.reserved <= ${threshold} ${start}
    order by l.on_hand - l.reserved ${direction}, l.id ${direction} limit ${page.size + 1}`
  return connection(
    page,
    rows,
    (level) => [availableUnits(level), level.id],
    (level) => level,
  )
}
