import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { guestClaims, verifyRequest } from '@cartograph/viewer'
import { afterEach, expect, test } from 'vitest'
import { RequestLifetime } from './request-lifetime.ts'
import { signedHeaders } from './signed-headers.ts'
import { deadlineHeader, SubgraphClient } from './subgraph-client.ts'
import type { FetchTrace } from './fetch-trace.ts'

const signingSecret = 'a secret of at least thirty-two characters'
const context = { claims: guestClaims('request-1', 'token') }
const read = {
  service: 'products',
  body: '{"query":"{ a }","variables":{"b":1}}',
  isQuery: true,
  paths: [['a', '@']],
  entities: 2,
  context,
}
const change = { ...read, isQuery: false }
let server: Server | undefined
let client: SubgraphClient | undefined

afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  await client?.close()
})

async function clientOf(listener: RequestListener, deadlineMs = 5_000): Promise<SubgraphClient> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/graphql?x=1`
  client = new SubgraphClient({ name: 'products', url, deadlineMs, headersOf: signedHeaders(signingSecret) })
  return client
}
const answerOf = async (listener: RequestListener, request = read) =>
  (await clientOf(listener)).send(request, { lifetime: new RequestLifetime(5_000) })

const failure = (code: string, message: string) => ({
  data: null,
  errors: [{ message, extensions: { code, service: 'products' } }],
})
const unavailable = failure('SUBGRAPH_UNAVAILABLE', 'The products service is unavailable.')
const late = failure('SUBGRAPH_TIMEOUT', 'The products service did not answer in time.')
const malformed = failure('SUBGRAPH_MALFORMED_RESPONSE', 'The products service answered something that is not GraphQL.')

test('sends the fetch with a signature over all of it and its deadline, and hands on the answer', async () => {
  let seen: unknown
  const answer = await answerOf((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const viewer = verifyRequest([signingSecret], { method: 'POST', path: '/graphql?x=1', body }, request.headers)
      seen = {
        claims: viewer && { kind: viewer.kind, cartToken: viewer.cartToken, requestId: viewer.requestId },
        body,
        deadlineInTime:
          Number(request.headers[deadlineHeader]) <= 5_000 && Number(request.headers[deadlineHeader]) > 4_000,
      }
      response.end('{"data":{"a":1},"extensions":{"hidden":true}}')
    })
  })
  expect(answer).toEqual({ data: { a: 1 } })
  expect(seen).toEqual({
    claims: { kind: 'guest', cartToken: 'token', requestId: 'request-1' },
    body: read.body,
    deadlineInTime: true,
  })
})

test.each(['<html>', '{"data":', 'null', '"data"', '{}', '[]', '', '{"data":"a"}', '{"data":[]}', '{"errors":"no"}'])(
  'an answer of %j is an error that names the service',
  async (text) => {
    expect(await answerOf((_request, response) => response.end(text))).toEqual(malformed)
  },
)

test('what is said of errors is brought into their form', async () => {
  const errors = [
    null,
    'no',
    { message: 1, path: 'a' },
    { message: 'm', path: ['a', 0], extensions: { code: 'C' }, stack: 's' },
  ]
  expect(await answerOf((_request, response) => response.end(JSON.stringify({ data: null, errors })))).toEqual({
    data: null,
    errors: [{}, {}, {}, { message: 'm', path: ['a', 0], extensions: { code: 'C' } }],
  })
})

test('an answer of status 500 that is no GraphQL is a service that is unavailable', async () => {
  expect(await answerOf((_request, response) => response.writeHead(500).end('Internal Server Error'))).toEqual(
    unavailable,
  )
})

test('a read whose connection is cut, before or within the answer, is sent once more; a change is not', async () => {
  let asked = 0
  const cutFirst: RequestListener = (request, response) => {
    asked += 1
    if (asked === 1) request.socket.destroy()
    else response.end('{"data":{"a":1}}')
  }
  expect(await answerOf(cutFirst)).toEqual({ data: { a: 1 } })
  expect(asked).toBe(2)
  asked = 0
  expect(await answerOf(cutFirst, change)).toEqual(unavailable)
  expect(asked).toBe(1)
  asked = 0
  const cutWithin: RequestListener = (_request, response) => {
    asked += 1
    response.writeHead(200, { 'content-length': 100 }).write('{"data"', () => response.destroy())
  }
  expect(await answerOf(cutWithin)).toEqual(unavailable)
  expect(asked).toBe(2)
})

test('reads are sent again one time in ten, once what was saved is spent', async () => {
  let asked = 0
  const cutting = await clientOf((request) => {
    asked += 1
    request.socket.destroy()
  })
  for (let sent = 0; sent < 40; sent += 1) await cutting.send(read, { lifetime: new RequestLifetime(5_000) })
  expect(asked).toBe(40 + 10 + 3)
})

test('a service that does not answer is given up after its deadline, or after what the request has left', async () => {
  const hung = await clientOf(() => {}, 50)
  expect(await hung.send(read, { lifetime: new RequestLifetime(5_000) })).toEqual(late)
  const patient = await clientOf(() => {}, 60_000)
  expect(await patient.send(read, { lifetime: new RequestLifetime(50) })).toEqual(late)
  expect(await patient.send(read, { lifetime: new RequestLifetime(0) })).toEqual(late)
})

test('one that begins its answer and never ends it is given up as well', async () => {
  const dripping = await clientOf((_request, response) => {
    response.writeHead(200).write('{"data":')
    const timer = setInterval(() => response.write(' '), 5)
    response.on('close', () => clearInterval(timer))
  }, 50)
  expect(await dripping.send(read, { lifetime: new RequestLifetime(5_000) })).toEqual(late)
})

test('after five such failures in a row it is not asked for a while', async () => {
  let asked = 0
  const hung = await clientOf(() => (asked += 1), 20)
  for (let sent = 0; sent < 5; sent += 1) await hung.send(read, { lifetime: new RequestLifetime(5_000) })
  expect(asked).toBe(5)
  const startedAt = performance.now()
  expect(await hung.send(change, { lifetime: new RequestLifetime(5_000) })).toEqual(unavailable)
  expect(asked).toBe(5)
  expect(performance.now() - startedAt).toBeLessThan(20)
})

test('one that is not asked costs no retry, and no pause', async () => {
  let asked = 0
  const hung = await clientOf((request) => {
    asked += 1
    if (asked > 5) request.socket.destroy()
  }, 20)
  for (let sent = 0; sent < 5; sent += 1) await hung.send(read, { lifetime: new RequestLifetime(5_000) })
  const trace: FetchTrace[] = []
  for (let sent = 0; sent < 30; sent += 1)
    expect(await hung.send(read, { lifetime: new RequestLifetime(5_000), trace })).toEqual(unavailable)
  expect(trace.map(({ retries }) => retries)).toEqual(Array.from({ length: 30 }, () => 0))
  expect(asked).toBe(5)
})

test('one that was asked late is not blamed for those before it', async () => {
  let asked = 0
  const slow = await clientOf(() => (asked += 1), 10_000)
  for (let sent = 0; sent < 6; sent += 1)
    expect(await slow.send(read, { lifetime: new RequestLifetime(20) })).toEqual(late)
  expect(asked).toBe(6)
})

test('what is not HTTP is not sent again, and counts as no answer in time', async () => {
  let asked = 0
  const strange = await clientOf((request) => {
    asked += 1
    request.socket.end('HTTP/1.1 200 OK\r\ncontent-length: a\r\n\r\n{}')
  })
  for (let sent = 0; sent < 6; sent += 1)
    expect(await strange.send(read, { lifetime: new RequestLifetime(5_000) })).toEqual(unavailable)
  expect(asked).toBe(5)
})

test.each([
  ['3 MB of empty lists', `{"data":{"a":[${Array.from({ length: 1_000_000 }, () => '[]').join()}]}}`],
  ['4 MiB and more', JSON.stringify({ data: { a: 'x'.repeat(4 * 1024 * 1024) } })],
])('an answer of %s is not taken', async (_, text) => {
  expect(await answerOf((_request, response) => response.end(text))).toEqual(malformed)
})

test('a large answer is, when it holds few values', async () => {
  const data = { a: '[,{"\\'.repeat(500_000) }
  expect(await answerOf((_request, response) => response.end(JSON.stringify({ data })))).toEqual({ data })
})

test('an answer without end is not read to its end', async () => {
  let written = 0
  const endless = await clientOf((_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const write = () => {
      written += chunk.length
      if (written < 200 * chunk.length && response.writable) response.write(chunk, write)
    }
    write()
  })
  expect(await endless.send(read, { lifetime: new RequestLifetime(5_000) })).toEqual(malformed)
  expect(written).toBeLessThan(40 * 1024 * 1024)
})

test('when the client leaves, a read is given up at the subgraph and a change goes on to its end', async () => {
  const closed: boolean[] = []
  const lifetime = new RequestLifetime(5_000)
  const slow = await clientOf((request, response) => {
    const index = closed.push(false) - 1
    response.on('close', () => (closed[index] = !response.writableFinished))
    request.resume()
    if (index === 1) lifetime.abandon()
    if (index === 1) setImmediate(() => response.end('{"data":{"a":1}}'))
  })
  const reading = slow.send(read, { lifetime })
  await once(server!, 'request')
  const changing = slow.send(change, { lifetime })
  expect(await reading).toEqual(unavailable)
  expect(await changing).toEqual({ data: { a: 1 } })
  await expect.poll(() => closed).toEqual([true, false])
})

test('a request that is traced says where its time went', async () => {
  const trace: FetchTrace[] = []
  const answering = await clientOf((_request, response) => response.end('{"data":{"a":1}}'))
  await answering.send(read, { lifetime: new RequestLifetime(5_000), trace })
  await answering.send(read, { lifetime: new RequestLifetime(0), trace })
  expect(trace).toMatchObject([
    { service: 'products', paths: ['a.@'], entities: 2, sentBytes: 37, receivedBytes: 16, retries: 0 },
    { service: 'products', receivedBytes: 0, failure: 'SUBGRAPH_TIMEOUT' },
  ])
  expect(trace[0]!.startMs).toBeGreaterThanOrEqual(0)
  expect(trace[0]!.durationMs).toBeGreaterThan(0)
})
