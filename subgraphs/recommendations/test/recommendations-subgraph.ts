import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Readable } from 'node:stream'
import type { ShopRecord } from '@cartograph/contracts'
import { load, type StatementMessage } from '@cartograph/service-runtime'
import { type FreshDatabase, freshDatabase } from '@cartograph/test-kit'
import { guestClaims, signRequest, type ViewerClaims } from '@cartograph/viewer'
import pg from 'pg'
import { loadDefinition } from '../src/load-definition.ts'
import { start } from '../src/server.ts'

const secret = 'a-secret-of-the-tests-that-is-long-enough'

/** What a query is answered; the caller says which shape its query gives the data. */
export interface Answer<Data = unknown> {
  readonly data: Data
  readonly errors?: {
    readonly message: string; readonly path?: (string | number)[]; readonly extensions: { readonly code: string },
  }[]
}

export interface TestSubgraph {
  readonly url: string
  readonly database: FreshDatabase
  query<Data = unknown>(viewer: ViewerClaims, query: string, variables?: object): Promise<Answer<Data>>
  /** The SQL statements that `work` sends to this subgraph's database. */
  statements(work: () => Promise<unknown>): Promise<string[]>
  sql<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  stop(): Promise<void>
}

export const guest = guestClaims('test')
export const user = (id: string, scopes: string[] = []): ViewerClaims =>
  ({ kind: 'user', id, scopes, cartToken: null, requestId: 'test' })
export const entitiesQuery = (selection: string) =>
  `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`

/** The real recommendations subgraph on a database of its own, listening on any free port. */
export async function startRecommendations(): Promise<TestSubgraph> {
  const database = await freshDatabase('recommendations')
  const service = await start({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: database.connectionString,
    SIGNING_SECRETS: secret,
  })
  const name = new URL(database.connectionString).pathname.slice(1)
  return {
    url: service.url,
    database,
    async query<Data>(viewer: ViewerClaims, query: string, variables: object = {}) {
      const body = JSON.stringify({ query, variables })
      const signature = signRequest(secret, { method: 'POST', path: '/graphql', body }, viewer)
      const response = await fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signature },
        body,
      })
      return (await response.json()) as Answer<Data>
    },
    async statements(work) {
      const texts: string[] = []
      const listener = (message: unknown) => {
        const { database: of, text } = message as StatementMessage
        if (of === name) texts.push(text)
      }
      subscribe('cartograph.sql', listener)
      try {
        await work()
      } finally {
        unsubscribe('cartograph.sql', listener)
      }
      return texts
    },
    async sql<Row extends pg.QueryResultRow>(text: string) {
      const client = new pg.Client({ connectionString: database.connectionString })
      await client.connect()
      try {
        return (await client.query<Row>(text)).rows
      } finally {
        await client.end()
      }
    },
    async stop() {
      await service.stop()
      await database.drop()
    },
  }
}

/** Runs the real load over `lines`: records, or text that is to be read as it is. */
export function loadLines(database: FreshDatabase, lines: Iterable<ShopRecord | string>) {
  const text = function* () {
    for (const line of lines) yield `${typeof line === 'string' ? line : JSON.stringify(line)}\n`
  }
  return load(loadDefinition, { DATABASE_URL: database.connectionString }, Readable.from(text()))
}

/** A page of a connection, as far as the tests look at it. */
export interface Page<Node> {
  readonly edges: { readonly node: Node; readonly cursor: string }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount: number
}
