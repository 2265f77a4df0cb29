import type { Logger } from '@cartograph/service-runtime/process'
import pg from 'pg'
import type { PointsGranted, PointsLedger, PointsWanted } from './points-ledger.ts'

const deadlineMs = 500
const mostConnections = 4
/** Two gateways that make a table at the same time: one of them fails on the name of its type. */
const existsAlready = ['23505', '42P07']

/** Of a minute, and gone after a crash: not worth a log. `granted` is what the last take was given. */
const table = `
  create unlogged table if not exists partner_budget (
    partner_id uuid primary key,
    minute timestamptz not null,
    spent int not null,
    granted int not null
  )`

/** Who has waited for the row of another may find a minute there that began meanwhile. */
const isThisMinute = `kept.minute in (excluded.minute, excluded.minute + interval '1 minute')`
const spentBefore = `case when ${isThisMinute} then kept.spent else 0 end`
const grantOf = (remaining: string) =>
  `case when $3::int > ${remaining} then 0 else greatest($3::int, least($4::int, ${remaining} / 8)) end`
const grantOfRow = grantOf(`greatest(0, $2::int - (${spentBefore}))`)

const take = `
  insert into partner_budget as kept (partner_id, minute, spent, granted)
  values ($1, date_trunc('minute', now()), ${grantOf('$2::int')}, ${grantOf('$2::int')})
  on conflict (partner_id) do update set
    minute = case when ${isThisMinute} then kept.minute else excluded.minute end,
    spent = (${spentBefore}) + ${grantOfRow},
    granted = ${grantOfRow}
  returning granted, greatest(0, $2::int - spent) as remaining,
    greatest(0, extract(epoch from minute + interval '1 minute' - clock_timestamp()) * 1000)::int as "msToReset"`

/** A ledger in a PostgreSQL that gateways have in common: one row for each partner, one statement for each take. */
export class PostgresLedger implements PointsLedger {
  readonly #pool: pg.Pool
  #table: Promise<void> | null = null

  /** The table is made at the first take where it is not there: the role must be allowed to. */
  constructor(connectionString: string, logger: Logger) {
    this.#pool = new pg.Pool({
      connectionString,
      max: mostConnections,
      connectionTimeoutMillis: deadlineMs,
      query_timeout: deadlineMs,
      application_name: 'gateway',
    })
    // Who takes is told, too; without a listener it would end the process.
    this.#pool.on('error', (error) => logger.debug({ err: error }, 'the PostgreSQL of budgets'))
  }

  async take(partnerId: string, { budget, need, want }: PointsWanted): Promise<PointsGranted> {
    await (this.#table ??= this.#makeTable())
    const { rows } = await this.#pool.query<PointsGranted>({
      name: 'take-points',
      text: take,
      values: [partnerId, budget, need, want],
    })
    return rows[0]!
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  async #makeTable(): Promise<void> {
    try {
      await this.#pool.query(table)
    } catch (error) {
      if (existsAlready.includes((error as { code?: string }).code ?? '')) return
      this.#table = null
      throw error
    }
  }
}
