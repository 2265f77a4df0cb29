import { channel } from 'node:diagnostics_channel'
import pg from 'pg'

/** Each SQL statement that any pool of this process sends, as a StatementMessage; tests and traces listen to it. */
export const statementChannel = channel('cartograph.sql')

export interface StatementMessage {
  readonly database: string
  readonly text: string
}

class ObservedClient extends pg.Client {
  override query(...args: unknown[]): never {
    if (statementChannel.hasSubscribers) {
      const [query] = args
      const text = typeof query === 'string' ? query : ((query as { text?: string }).text ?? '')
      statementChannel.publish({ database: this.database ?? '', text } satisfies StatementMessage)
    }
    return (super.query as (...args: unknown[]) => never)(...args)
  }
}

/** Longer than any statement of a request takes. */
const queryTimeoutMs = 4_000

/** A pool whose statements can be observed on `statementChannel`. Connects lazily; `onError` hears of idle breaks. */
export function createPool(options: {
  connectionString: string
  size: number
  onError: (error: Error) => void
}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.size,
    Client: ObservedClient,
    connectionTimeoutMillis: 5_000,
    // A connection that a router has forgotten would otherwise hold its query, and its place in the pool, for ever.
    query_timeout: queryTimeoutMs,
    // The server's side of the same: what such a connection has locked is let go of.
    idle_in_transaction_session_timeout: queryTimeoutMs,
    idleTimeoutMillis: 60_000,
  })
  // One that breaks in somebody's hands fails what they ask of it next; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', options.onError)
  return pool
}
