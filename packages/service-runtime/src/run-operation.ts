import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { z } from 'zod'
import { applyMigrations } from './database/migrations.ts'
import { parseEnvironment, subgraphEnvironment } from './environment.ts'

export interface Operation {
  readonly migrations: URL
  /** What it answers is printed as JSON. What it throws becomes one sentence. */
  readonly run: (connection: pg.Client, args: readonly string[]) => Promise<unknown>
}

const environment = z.object({ DATABASE_URL: subgraphEnvironment.shape.DATABASE_URL })

/**
 * Runs what an operator does to a service's database as this process, whether the service runs or not: migrates the
 * database, hands over the arguments, and prints the outcome as JSON on standard output, or one sentence on standard
 * error and exit 1.
 */
export async function runOperation({ migrations, run }: Operation): Promise<void> {
  try {
    const { DATABASE_URL: connectionString } = parseEnvironment(environment, process.env)
    await applyMigrations({ connectionString, directory: fileURLToPath(migrations) })
    const connection = new pg.Client({ connectionString })
    // A connection that breaks rejects the statement under way; without a listener it would end the process.
    connection.on('error', () => {})
    await connection.connect()
    try {
      console.log(JSON.stringify(await run(connection, process.argv.slice(3))))
    } finally {
      await connection.end()
    }
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
