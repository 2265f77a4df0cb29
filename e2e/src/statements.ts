import pg from 'pg'

/** How many SQL statements the shop's database server executes while `work` runs, by pg_stat_statements. */
export async function countStatements(
  superuserUrl: string,
  work: () => Promise<unknown>,
): Promise<{ total: number; byDatabase: Record<string, number> }> {
  const connection = new pg.Client({ connectionString: superuserUrl })
  await connection.connect()
  try {
    await connection.query('create extension if not exists pg_stat_statements')
    await connection.query('select pg_stat_statements_reset()')
    await work()
    const { rows } = await connection.query<{ database: string; calls: number }>(
      `select d.datname as database, sum(calls)::int as calls from pg_stat_statements s join pg_database d on d.oid = s.dbid
       where s.userid <> current_user::regrole group by d.datname order by d.datname`,
    )
    const byDatabase = Object.fromEntries(rows.map(({ database, calls }) => [database, calls]))
    return { total: rows.reduce((sum, { calls }) => sum + calls, 0), byDatabase }
  } finally {
    await connection.end()
  }
}
