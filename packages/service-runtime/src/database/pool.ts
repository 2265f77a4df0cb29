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
    idleTimeoutMillis: 60_000,
  })
  pool.on('error', options.onError)
  return pool
}
