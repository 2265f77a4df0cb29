import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Postgres, startPostgres } from '@cartograph/local-stack'
import pg from 'pg'

/** The shop's PostgreSQL, durable as in earnest, which can be crashed and started again where its data are. */
export class DatabaseServer {
  readonly #dataDir: string
  readonly #isDurable: boolean
  /** How long it was away after each crash. */
  readonly outagesMs: number[] = []
  #postgres: Postgres | null
  #restart: Promise<void> = Promise.resolve()

  private constructor(dataDir: string, isDurable: boolean, postgres: Postgres) {
    this.#dataDir = dataDir
    this.#isDurable = isDurable
    this.#postgres = postgres
  }

  static async attach(dataDir: string, postgres: Postgres, isDurable: boolean): Promise<DatabaseServer> {
    return new DatabaseServer(path.join(dataDir, 'postgres'), isDurable, postgres)
  }

  /** Where it listens now; null while it is down. */
  get port(): number | null {
    return this.#postgres?.port ?? null
  }

  /** Resolves with the server once it is up. */
  async up(): Promise<Postgres> {
    await this.#restart
    return this.#postgres!
  }

  /** Ends it without a checkpoint, and has it back after so long. Resolves then, with when it was ended. */
  async crash(how: 'immediate' | 'kill', downMs: number): Promise<number> {
    const crashed = this.#crash(this.#restart, how, downMs)
    this.#restart = crashed.then(() => undefined)
    return crashed
  }

  async #crash(before: Promise<void>, how: 'immediate' | 'kill', downMs: number): Promise<number> {
    await before
    const at = Date.now()
    process.kill(this.#postgres!.pid, how === 'immediate' ? 'SIGQUIT' : 'SIGKILL')
    this.#postgres = null
    await pause(downMs)
    this.#postgres = await startPostgres({ dataDir: this.#dataDir, ephemeral: !this.#isDurable })
    this.outagesMs.push(Date.now() - at)
    return at
  }

  /** Rows of one of the databases, as the superuser and past every proxy. */
  async query<Row extends pg.QueryResultRow>(database: string, sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: (await this.up()).superuserUrl(database) })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query<Row>(sql, values)).rows
    } finally {
      await client.end().catch(() => {})
    }
  }

  async stop(): Promise<void> {
    await this.#restart.catch(() => {})
    await this.#postgres?.stop()
  }
}
