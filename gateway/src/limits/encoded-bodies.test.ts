import { brotliCompressSync, gzipSync } from 'node:zlib'
import { createHttpServer, createLogger } from '@cartograph/service-runtime/process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addHttpErrors } from '../errors/http-errors.ts'
import { refuseEncodedBodies } from './encoded-bodies.ts'

const server = createHttpServer({ bodyLimitBytes: 1_000 })
const bodies: unknown[] = []

beforeAll(async () => {
  addHttpErrors(server, createLogger('gateway', 'silent'))
  server.addHook('onRequest', refuseEncodedBodies)
  server.post('/', async ({ body }) => {
    bodies.push(body)
    return {}
  })
})
afterAll(() => server.close())

async function send(payload: Buffer, encoding: string) {
  const answer = await server.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    payload,
  })
  const { errors } = answer.json<{ errors?: { extensions: { code: string } }[] }>()
  return {
    status: answer.statusCode,
    code: errors?.[0]?.extensions.code,
    takes: answer.headers['accept-encoding'],
  }
}

test('a compressed body is refused, unread and whatever it would inflate to', async () => {
  const refused = { status: 415, code: 'BAD_REQUEST', takes: 'identity' }
  const bomb = gzipSync(Buffer.alloc(100_000_000, ' '))
  expect(await send(bomb, 'gzip')).toEqual(refused)
  expect(await send(gzipSync('{}'), 'GZIP')).toEqual(refused)
  expect(await send(brotliCompressSync('{}'), 'br')).toEqual(refused)
  expect(await send(Buffer.from('{}'), 'identity, gzip')).toEqual(refused)
  expect(bodies).toEqual([])
})

test('a body that is named as it is passes', async () => {
  expect(await send(Buffer.from('{"a":1}'), 'identity')).toEqual({ status: 200 })
  expect(bodies).toEqual([{ a: 1 }])
})
