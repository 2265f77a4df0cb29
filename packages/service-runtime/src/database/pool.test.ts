import { expect, inject, test } from 'vitest'
import { createPool } from './pool.ts'

test('a connection that the server ends in the hands of somebody ends nothing else', async () => {
  const idleBreaks: Error[] = []
  const pool = createPool({
    connectionString: inject('cartographPostgresUrl'),
    size: 2,
    onError: (error) => idleBreaks.push(error),
  })
  const client = await pool.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const ended = new Promise((resolve) => client.once('end', resolve))
  await pool.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  await ended
  await expect(client.query('select 1')).rejects.toThrow()
  client.release()
  expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }])
  expect(idleBreaks).toEqual([])
  await pool.end()
})
