import pg from 'pg'

/** The rows of one statement in one of the shop's databases, asked as the server's superuser. */
export async function rowsOf<Row extends object>(
  superuserUrl: string,
  database: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const url = new URL(superuserUrl)
  url.pathname = `/${database}`
  const connection = new pg.Client({ connectionString: url.href })
  await connection.connect()
  try {
    return (await connection.query<Row>(sql, [...values])).rows
  } finally {
    await connection.end()
  }
}
