import pg from 'pg'

/**
 * How many SQL statements the shop's database server executes while `work` runs, by pg_stat_statements; without those of
 * the queues, which look for jobs whenever they like.
 */
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
      // Maintenance of the queues is in transactions of its own, each with one lock_timeout between BEGIN and COMMIT.
      `with called as (
         select d.datname as database, s.query, s.calls,
           coalesce(sum(s.calls) filter (where s.query like 'SET LOCAL lock_timeout%') over (partition by d.datname), 0) as maintained
         from pg_stat_statements s join pg_database d on d.oid = s.dbid where s.userid <> current_user::regrole
       ), own as (
         select database, case when query in ('BEGIN', 'COMMIT') then greatest(calls - maintained, 0) else calls end as calls
         from called where query !~ 'pgboss|^SET LOCAL |^SELECT pg_advisory_xact_lock\\('
       )
       select database, sum(calls)::int as calls from own group by database having sum(calls) > 0 order by database`,
    )
    const byDatabase = Object.fromEntries(rows.map(({ database, calls }) => [database, calls]))
    return { total: rows.reduce((sum, { calls }) => sum + calls, 0), byDatabase }
  } finally {
    await connection.end()
  }
}
