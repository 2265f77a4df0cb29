import { randomBytes } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { statementChannel, type StatementMessage } from '@cartograph/service-runtime'
import { serviceClaims, signRequest, type ViewerClaims } from '@cartograph/viewer'
import pg from 'pg'
import { expect } from 'vitest'
import { type FreshDatabase, freshDatabase } from './fresh-database.ts'

/** What a query is answered; the caller says which shape its query gives the data. */
export interface SubgraphAnswer<Data> {
  readonly data: Data
  readonly errors?: {
    readonly message: string
    readonly path?: (string | number)[]
    readonly extensions: { readonly code: string; readonly [detail: string]: unknown }
  }[]
}

/** The codes of an answer's errors in their order; undefined, and not empty, when there are none. */
export const errorCodes = ({ errors }: SubgraphAnswer<unknown>): string[] | undefined =>
  errors?.map(({ extensions }) => extensions.code)

export interface SubgraphUnderTest {
  readonly url: string
  readonly database: FreshDatabase
  /** Asks as `viewer`, signed as the gateway would. */
  ask<Data = unknown>(viewer: ViewerClaims, query: string, variables?: object): Promise<SubgraphAnswer<Data>>
  /** Asks as somebody who does not know the secret. */
  askUnsigned(query: string, variables?: object): Promise<{ status: number; body: unknown }>
  /** Posts as another service would, signed: a command to `/commands/<name>`, or events to `/events`. */
  post(path: string, content: object): Promise<{ status: number; content: unknown }>
  /** The SQL statements that this subgraph sends to its database while `work` runs. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>
  /** The SQL statements of one query, which must answer without errors. */
  statementsOfQuery(viewer: ViewerClaims, query: string, variables?: object): Promise<string[]>
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /**
   * All rows of all tables but that of the migrations, each table in the order of its columns: to compare before with
   * after. Read table by table, so nothing may be written meanwhile.
   */
  stored(): Promise<Record<string, Record<string, unknown>[]>>
  stop(): Promise<void>
}

type Start = (variables: Record<string, string>) => Promise<{ url: string; stop(): Promise<void> }>

/** A subgraph as its `start` makes it, on a database and a free port of its own. */
export async function subgraphUnderTest(
  name: string,
  start: Start,
  environment: Record<string, string> = {},
): Promise<SubgraphUnderTest> {
  const secret = randomBytes(32).toString('hex')
  const database = await freshDatabase(name)
  const service = await start({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: database.connectionString,
    SIGNING_SECRETS: secret,
    ...environment,
  })
  const connection = new pg.Client({ connectionString: database.connectionString })
  await connection.connect()
  const post = (path: string, content: object, signedBy?: ViewerClaims) => {
    const body = JSON.stringify(content)
    const signature = signedBy && signRequest(secret, { method: 'POST', path, body }, signedBy)
    const headers = { 'content-type': 'application/json', ...signature }
    return fetch(`${service.url}${path}`, { method: 'POST', headers, body })
  }
  const ask = async <Data>(viewer: ViewerClaims, query: string, variables: object = {}) =>
    (await (await post('/graphql', { query, variables }, viewer)).json()) as SubgraphAnswer<Data>
  const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await connection.query<Row>(text, values)).rows
  const statementsOf = (work: () => Promise<unknown>) => statementsTo(database, work)
  return {
    url: service.url,
    database,
    ask,
    async askUnsigned(query, variables) {
      const response = await post('/graphql', { query, variables })
      return { status: response.status, body: await response.json() }
    },
    async post(path, content) {
      const response = await post(path, content, serviceClaims('test', 'test'))
      return { status: response.status, content: await response.json() }
    },
    statementsOf,
    async statementsOfQuery(viewer, query, variables) {
      let errors: SubgraphAnswer<unknown>['errors']
      const statements = await statementsOf(async () => ({ errors } = await ask(viewer, query, variables)))
      expect(errors).toBeUndefined()
      return statements
    },
    sql,
    async stored() {
      const tables = await sql<{ tablename: string }>(
        `select tablename from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'`,
      )
      const rows: Record<string, Record<string, unknown>[]> = {}
      for (const { tablename } of tables) {
        rows[tablename] = await sql(`select * from ${pg.escapeIdentifier(tablename)} t order by t`)
      }
      return rows
    },
    async stop() {
      await service.stop()
      await connection.end()
      await database.drop()
    },
  }
}

async function statementsTo({ connectionString }: FreshDatabase, work: () => Promise<unknown>): Promise<string[]> {
  const name = new URL(connectionString).pathname.slice(1)
  const texts: string[] = []
  const listener = (message: unknown) => {
    const { database, text } = message as StatementMessage
    if (database === name) texts.push(text)
  }
  subscribe(statementChannel.name, listener)
  try {
    await work()
  } finally {
    unsubscribe(statementChannel.name, listener)
  }
  return texts
}
