import { randomBytes } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { guestClaims, signRequest, type ViewerClaims } from '@cartograph/viewer'
import pg from 'pg'
import { type FreshDatabase, freshDatabase } from './fresh-database.ts'

export interface SubgraphAnswer<Data> {
  readonly data: Data
  readonly errors?: {
    readonly message: string
    readonly path?: (string | number)[]
    readonly extensions: { readonly code: string; readonly [detail: string]: unknown }
  }[]
}

export interface SubgraphUnderTest {
  readonly url: string
  readonly database: FreshDatabase
  /** Asks as `viewer`, signed as the gateway would. */
  ask<Data = unknown>(viewer: ViewerClaims, query: string, variables?: object): Promise<SubgraphAnswer<Data>>
  /** Asks as somebody who does not know the secret. */
  askUnsigned(query: string): Promise<{ status: number; body: unknown }>
  /** The SQL statements that this subgraph sends to its database while `work` runs. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
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
  const post = (body: string, headers: Record<string, string>) =>
    fetch(`${service.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  return {
    url: service.url,
    database,
    async ask<Data>(viewer: ViewerClaims, query: string, variables: object = {}) {
      const body = JSON.stringify({ query, variables })
      const response = await post(body, signRequest(secret, { method: 'POST', path: '/graphql', body }, viewer))
      return (await response.json()) as SubgraphAnswer<Data>
    },
    async askUnsigned(query) {
      const response = await post(JSON.stringify({ query }), {})
      return { status: response.status, body: await response.json() }
    },
    async statementsOf(work) {
      const of = new URL(database.connectionString).pathname.slice(1)
      const texts: string[] = []
      const listener = (message: unknown) => {
        const statement = message as { database: string; text: string }
        if (statement.database === of) texts.push(statement.text)
      }
      subscribe('cartograph.sql', listener)
      try {
        await work()
      } finally {
        unsubscribe('cartograph.sql', listener)
      }
      return texts
    },
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => (await connection.query<Row>(text, values)).rows,
    async stop() {
      await service.stop()
      await connection.end()
      await database.drop()
    },
  }
}

export const guest = (cartToken: string | null = null): ViewerClaims => guestClaims('test', cartToken)

export const user = (id: string, scopes: string[] = []): ViewerClaims => ({ kind: 'user', id, scopes, cartToken: null, requestId: 'test' })
