import { randomBytes } from 'node:crypto'
import { type EventEnvelope } from '@cartograph/contracts'
import { createHttpServer, createLogger, listen, peer, requireSignature } from '@cartograph/service-runtime'
import { freshDatabase } from '@cartograph/test-kit'
import pg from 'pg'
import type { Transaction } from '../src/index.ts'

/** A database that sends and receives, with transactions as Prisma's are used here. */
export async function databaseUnderTest() {
  const database = await freshDatabase('inventory')
  // A connection each, closed before the database is dropped: a pool lets go of its own a moment later.
  const withClient = async <Outcome>(run: (client: pg.Client) => Promise<Outcome>): Promise<Outcome> => {
    const client = new pg.Client({ connectionString: database.connectionString })
    await client.connect()
    try {
      return await run(client)
    } finally {
      await client.end()
    }
  }
  const transactionOn = (client: pg.Client): Transaction => ({
    $queryRawUnsafe: async <Rows>(sql: string, ...values: unknown[]) => (await client.query(sql, values)).rows as Rows,
    $executeRawUnsafe: async (sql, ...values) => (await client.query(sql, values)).rowCount ?? 0,
  })
  return {
    connectionString: database.connectionString,
    db: {
      $transaction: <Outcome>(run: (tx: Transaction) => Promise<Outcome>): Promise<Outcome> =>
        withClient(async (client) => {
          await client.query('begin')
          const outcome = await run(transactionOn(client))
          await client.query('commit')
          return outcome
        }),
    },
    sql: <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      withClient(async (client) => (await client.query<Row>(text, values)).rows),
    drop: () => database.drop(),
  }
}

export const silent = createLogger('test', 'silent')

/** A subscriber that notes what it is told, and behaves as a test says. */
export async function subscriberUnderTest(name: 'carts' | 'inventory' | 'recommendations') {
  const secret = randomBytes(32).toString('hex')
  const told: EventEnvelope[] = []
  const state = { behaviour: 'answers' as 'answers' | 'fails' | 'rejects' | 'loses the answer' }
  const server = createHttpServer({ bodyLimitBytes: 1_000_000 })
  requireSignature(server, [secret])
  server.post<{ Body: { events: EventEnvelope[] } }>('/events', async (request, reply) => {
    const { behaviour } = state
    if (behaviour === 'fails') return reply.code(500).send({})
    told.push(...request.body.events)
    if (behaviour === 'loses the answer') {
      state.behaviour = 'answers'
      request.raw.socket.destroy()
      return reply.hijack()
    }
    return { outcomes: request.body.events.map(() => (behaviour === 'rejects' ? 'rejected' : 'done')) }
  })
  const url = await listen(server, '127.0.0.1', 0)
  const to = peer({ caller: 'orders', name, url, secret })
  return Object.assign(state, {
    told,
    peer: to,
    async stop() {
      await to.close()
      await server.close()
    },
  })
}
