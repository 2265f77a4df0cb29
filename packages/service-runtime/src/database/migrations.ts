import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isConnectionFailure } from './connection-failure.ts'
import { MigrationError, refusedMigration } from './migration-error.ts'
import { isChecksumOf, readMigrations, type Migration } from './migration-files.ts'

export { MigrationError }

export interface ApplyMigrations {
  readonly connectionString: string
  /** Holds a folder for each migration, and in it migration.sql. */
  readonly directory: string
}

interface Recorded {
  readonly migration_name: string
  readonly checksum: string
  readonly finished: boolean
}

/**
 * Applies the migrations a database lacks, in the order of their names, each wholly or not at all, and records them as
 * the Prisma CLI does, so that either can go on after the other. Of several processes one applies them and the others
 * wait. A server that cannot be reached is waited for, for eight seconds. An applied migration that was edited since, or
 * one the CLI left unfinished, is a MigrationError.
 */
export async function applyMigrations(options: ApplyMigrations): Promise<{ applied: string[] }> {
  const { connectionString, directory } = options
  const migrations = await readMigrations(directory)
  const { client, known } = await reach(connectionString)
  try {
    if (known.every(({ finished }) => finished) && pendingOf(migrations, known).length === 0) return { applied: [] }
    const schema = await lock(client)
    await client.query(recordsTable)
    const rows = await recorded(client)
    refuseUnfinished(rows)
    const pending = pendingOf(migrations, rows)
    for (const migration of pending) await apply(client, schema, migration)
    return { applied: pending.map(({ name }) => name) }
  } finally {
    // Closing the connection also lets go of the lock.
    await client.end()
  }
}

const reachableWithinMs = 8_000
const reachAgainAfterMs = 100
/** A server that takes a connection, or a query, and says nothing has lost it. */
const silenceMs = 1_500

/** Connects and reads what was applied; again for some seconds, while the connection fails. */
async function reach(connectionString: string): Promise<{ client: pg.Client; known: Recorded[] }> {
  const until = Date.now() + reachableWithinMs
  for (;;) {
    const client = new pg.Client({
      connectionString,
      application_name: 'migrations',
      connectionTimeoutMillis: silenceMs,
    })
    // A connection that breaks also fails the query it carries, which is where it is reported.
    client.on('error', () => {})
    try {
      await client.connect()
      return { client, known: await recorded(client, silenceMs) }
    } catch (error) {
      // Of a silent connection not even the end is answered.
      void client.end().catch(() => {})
      if (!isConnectionFailure(error) || Date.now() > until) throw error
      await pause(reachAgainAfterMs)
    }
  }
}

// The lock the Prisma CLI takes, so that it and this keep out of each other's way.
const prismaLock = 72_707_369

// As the schema engine of Prisma 7 creates it.
const recordsTable = `create table if not exists _prisma_migrations (
  id                  varchar(36) primary key not null,
  checksum            varchar(64) not null,
  finished_at         timestamptz,
  migration_name      varchar(255) not null,
  logs                text,
  rolled_back_at      timestamptz,
  started_at          timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

const undefinedTable = '42P01'

async function recorded(client: pg.Client, timeoutMs?: number): Promise<Recorded[]> {
  try {
    const { rows } = await client.query<Recorded>({
      text: `select migration_name, checksum, finished_at is not null as finished
             from _prisma_migrations where rolled_back_at is null`,
      ...(timeoutMs !== undefined && { query_timeout: timeoutMs }),
    })
    return rows
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === undefinedTable) return []
    throw error
  }
}

/** To be asked under the lock: while the CLI applies a migration, its row is there and not finished. */
function refuseUnfinished(rows: readonly Recorded[]): void {
  const unfinished = rows.find(({ finished }) => !finished)
  if (!unfinished) return
  const advice = 'repair the database, then run `prisma migrate resolve`'
  throw new MigrationError(unfinished.migration_name, `it was begun by the Prisma CLI and never finished; ${advice}`)
}

function pendingOf(migrations: readonly Migration[], rows: readonly Recorded[]): Migration[] {
  const checksums = new Map(rows.map(({ migration_name, checksum }) => [migration_name, checksum]))
  return migrations.filter((migration) => {
    const checksum = checksums.get(migration.name)
    if (checksum === undefined) return true
    if (isChecksumOf(checksum, migration)) return false
    const message = `${migration.file} was edited after it was applied; write a new one instead`
    throw new MigrationError(migration.name, message)
  })
}

/** Waits for the lock and says which schema the records are in. */
async function lock(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ schema: string }>(
    `select current_schema() as schema from pg_advisory_lock(${prismaLock})`,
  )
  return rows[0]!.schema
}

async function apply(client: pg.Client, schema: string, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    // One simple query: PostgreSQL finds the ends of its statements itself, also within $$ bodies.
    await client.query(migration.sql)
    // Qualified, because a migration may have set another search_path.
    await client.query(
      `insert into ${pg.escapeIdentifier(schema)}._prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('commit; reset all')
  } catch (error) {
    await client.query('rollback; reset all').catch(() => {})
    throw refusedMigration(migration, error)
  }
}
