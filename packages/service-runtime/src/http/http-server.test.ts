import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createHttpServer, listen } from './http-server.ts'

test('a body that does not come is waited for no longer than the request timeout', async () => {
  const server = createHttpServer({ bodyLimitBytes: 1_000, requestTimeoutMs: 200 })
  server.post('/', async () => ({}))
  const { port } = new URL(await listen(server, '127.0.0.1', 0))
  const socket = connect(Number(port), '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":')
  const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string]
  expect(answer.split('\r\n')[0]).toBe('HTTP/1.1 408 Request Timeout')
  await once(socket, 'close')
  await server.close()
})
