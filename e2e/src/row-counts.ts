import { startDatabases } from '@cartograph/local-stack'
import pg from 'pg'

const tables = {
  users: ['user_account'],
  products: ['product', 'variant', 'category', 'product_category'],
  inventory: ['stock_level', 'stock_movement'],
  orders: ['customer_order', 'order_line', 'order_event'],
} as const

/** How many rows each table of the shop in `dataDir` has; its server is started for it and stopped again. */
export async function rowCounts(dataDir: string): Promise<Record<string, number>> {
  const databases = await startDatabases(dataDir)
  const counts: Record<string, number> = {}
  for (const [database, names] of Object.entries(tables)) {
    const connection = new pg.Client({ connectionString: databases.urlOf(database as keyof typeof tables) })
    await connection.connect()
    for (const table of names) {
      const { rows } = await connection.query<{ exists: string | null }>('select to_regclass($1)::text as exists', [
        table,
      ])
      counts[table] =
        rows[0]!.exists === null
          ? 0
          : Number((await connection.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]!.count)
    }
    await connection.end()
  }
  await databases.postgres.stop()
  return counts
}
