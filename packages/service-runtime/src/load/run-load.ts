import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { endOfRecords, type ShopRecord } from '@cartograph/contracts'
import pg from 'pg'
import { z } from 'zod'
import { applyMigrations } from '../database/migrations.ts'
import { type EnvironmentVariables, parseEnvironment, subgraphEnvironment } from '../environment.ts'

type Kind = ShopRecord['kind']
type RecordOf<K extends Kind> = Extract<ShopRecord, { kind: K }>

/** Writes `records` and answers how many were new. What is there already stays as it is. */
export type BatchWriter<K extends Kind> = (connection: pg.Client, records: RecordOf<K>[]) => Promise<number>

export interface LoadDefinition {
  readonly migrations: URL
  readonly writers: { readonly [K in Kind]?: BatchWriter<K> }
  /** Runs after the last batch, in the same transaction: what must be computed from all that is there. */
  readonly finish?: (connection: pg.Client) => Promise<void>
}

/** Rows of one INSERT: large enough to be quick, small enough to keep memory flat. */
const batchSize = 500

const environment = z.object({ DATABASE_URL: subgraphEnvironment.shape.DATABASE_URL })

/**
 * A subgraph's `load` program: reads shop records as NDJSON on `input`, writes those it has a writer for in ONE
 * transaction, and answers how many of each kind were read and new. A crash or a bad record leaves nothing behind, and
 * a second run writes only what is missing. Throws with one sentence.
 */
export async function load(
  definition: LoadDefinition,
  variables: EnvironmentVariables,
  input: NodeJS.ReadableStream,
): Promise<Record<string, { read: number; written: number }>> {
  const { DATABASE_URL: connectionString } = parseEnvironment(environment, variables)
  await applyMigrations({ connectionString, directory: fileURLToPath(definition.migrations) })
  const connection = new pg.Client({ connectionString })
  // A connection that breaks rejects the statement under way; without a listener it would end the process.
  connection.on('error', () => {})
  await connection.connect()
  try {
    await connection.query('begin')
    const counts = await writeAll(connection, definition, createInterface({ input, crlfDelay: Infinity }))
    await definition.finish?.(connection)
    await connection.query('commit')
    return counts
  } finally {
    await connection.end()
  }
}

async function writeAll(connection: pg.Client, { writers }: LoadDefinition, lines: AsyncIterable<string>) {
  const counts: Record<string, { read: number; written: number }> = {}
  let kind: Kind | null = null
  let batch: ShopRecord[] = []
  const flush = async () => {
    if (kind === null || batch.length === 0) return
    const count = (counts[kind] ??= { read: 0, written: 0 })
    count.read += batch.length
    count.written += await (writers[kind] as BatchWriter<Kind>)(connection, batch)
    batch = []
  }
  let ended = false
  for await (const line of lines) {
    if (line === endOfRecords) {
      ended = true
      break
    }
    const record = JSON.parse(line) as ShopRecord
    if (!writers[record.kind]) continue
    if (record.kind !== kind || batch.length >= batchSize) {
      await flush()
      kind = record.kind
    }
    batch.push(record)
  }
  if (!ended) throw new Error('The stream of records was cut short; nothing of it was kept.')
  await flush()
  return counts
}

/** Runs `load` as this process: counts as JSON on standard output, or one sentence on standard error and exit 1. */
export async function runLoad(definition: LoadDefinition): Promise<void> {
  try {
    console.log(JSON.stringify(await load(definition, process.env, process.stdin)))
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
