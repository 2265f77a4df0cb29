import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { guestClaims, verifyRequest } from '@cartograph/viewer'
import { afterEach, expect, test } from 'vitest'
import type { GatewayContext } from '../context.ts'
import { SignedDataSource } from './signed-data-source.ts'

const signingSecret = 'a secret of at least thirty-two characters'
const context: GatewayContext = { claims: guestClaims('request-1', 'token'), wantsQueryPlan: false }
let server: Server | undefined
let source: SignedDataSource | undefined

afterEach(async () => {
  await source?.close()
  server?.closeAllConnections()
  server?.close()
})

async function answerOf(listener: RequestListener) {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  source = new SignedDataSource({ name: 'products', url: `http://127.0.0.1:${port}/graphql?x=1`, signingSecret })
  const request = { query: '{ a }', variables: { b: 1 } }
  return source.process({ request, context } as unknown as GraphQLDataSourceProcessOptions<GatewayContext>)
}

const failure = (code: string, message: string) => ({
  data: null,
  errors: [{ message, extensions: { code, service: 'products' } }],
})

test('sends the fetch with a signature over all of it, and hands on the answer', async () => {
  let seen: unknown
  const answer = await answerOf((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const viewer = verifyRequest([signingSecret], { method: 'POST', path: '/graphql?x=1', body }, request.headers)
      seen = {
        claims: viewer && { kind: viewer.kind, cartToken: viewer.cartToken, requestId: viewer.requestId },
        body: JSON.parse(body) as unknown,
      }
      response.end('{"data":{"a":1}}')
    })
  })
  expect(answer).toEqual({ data: { a: 1 } })
  expect(seen).toEqual({
    claims: { kind: 'guest', cartToken: 'token', requestId: 'request-1' },
    body: { query: '{ a }', variables: { b: 1 } },
  })
})

const malformed = failure('SUBGRAPH_MALFORMED_RESPONSE', 'The products service answered something that is not GraphQL.')
test.each(['<html>', '{"data":', 'null', '"data"', '{}', '[]', ''])(
  'an answer of %j is an error that names the service',
  async (text) => {
    expect(await answerOf((_request, response) => response.end(text))).toEqual(malformed)
  },
)

test('a connection that is cut, before or within the answer, is an error that names the service', async () => {
  const unavailable = failure('SUBGRAPH_UNAVAILABLE', 'The products service is unavailable.')
  expect(await answerOf((request) => request.socket.destroy())).toEqual(unavailable)
  const cut = await answerOf((_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"data"', () => response.destroy())
  })
  expect(cut).toEqual(unavailable)
})

test('a service that does not answer is given up after its deadline', { timeout: 15_000 }, async () => {
  expect(await answerOf(() => {})).toEqual(failure('SUBGRAPH_TIMEOUT', 'The products service did not answer in time.'))
})
