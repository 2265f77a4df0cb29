import { workerData } from 'node:worker_threads'
import pg from 'pg'
import { fitModelOnce } from './fit-model-once.ts'

// A thread of its own, so that requests are answered meanwhile; with a connection of its own, so that its end undoes it.
const { databaseUrl } = workerData as { databaseUrl: string }
const connection = new pg.Client({ connectionString: databaseUrl })
// A connection that breaks rejects the statement under way; without a listener it would end the process.
connection.on('error', () => {})
await connection.connect()
try {
  await fitModelOnce(connection)
} finally {
  await connection.end()
}
