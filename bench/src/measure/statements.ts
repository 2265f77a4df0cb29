import pg from 'pg'

/** Counts the SQL statements that the server executes, by pg_stat_statements, which must be preloaded. */
export class StatementCounter {
  readonly #connection: pg.Client

  private constructor(connection: pg.Client) {
    this.#connection = connection
  }

  static async connect(superuserUrl: string): Promise<StatementCounter> {
    const connection = new pg.Client({ connectionString: superuserUrl })
    await connection.connect()
    await connection.query('create extension if not exists pg_stat_statements')
    return new StatementCounter(connection)
  }

  /** Statements since the server counts, without those of this connection's own role. */
  async count(): Promise<number> {
    const { rows } = await this.#connection.query<{ calls: string }>(
      `select coalesce(sum(calls), 0) as calls from pg_stat_statements where userid <> current_user::regrole`,
    )
    return Number(rows[0]?.calls ?? 0)
  }

  /** The statements with the most execution time since `reset`, for a closer look. */
  async heaviest(): Promise<{ database: string; calls: number; meanMs: number; query: string }[]> {
    const { rows } = await this.#connection.query<{ database: string; calls: number; meanMs: number; query: string }>(
      `select d.datname as database, calls::int, round(mean_exec_time::numeric, 3)::float8 as "meanMs", regexp_replace(query, '\\s+', ' ', 'g') as query
       from pg_stat_statements s join pg_database d on d.oid = s.dbid
       where userid <> current_user::regrole order by total_exec_time desc limit 8`,
    )
    return rows
  }

  async reset(): Promise<void> {
    await this.#connection.query('select pg_stat_statements_reset()')
  }

  close(): Promise<void> {
    return this.#connection.end()
  }
}
