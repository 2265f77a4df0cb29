import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleOperation } from '../src/shop-client.ts'
import { type LoneGateway, startLoneGateway } from '../src/lone-gateway.ts'

/** A subgraph that takes requests, and answers none before it is told to. */
const waiting: ServerResponse[] = []
let subgraph: Server
let gateway: LoneGateway
beforeAll(async () => {
  subgraph = createServer((request, response) => {
    // What the gateway asks for itself, of partners, is no load.
    if (request.url!.startsWith('/questions/')) response.writeHead(404).end()
    else waiting.push(response)
  }).listen(0, '127.0.0.1')
  await once(subgraph, 'listening')
  const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`
  gateway = await startLoneGateway(url, { MOST_REQUESTS_IN_FLIGHT: '4' })
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  subgraph.closeAllConnections()
  subgraph.close()
})

async function send(body: object, method: 'GET' | 'POST' = 'POST') {
  const response = await fetch(gateway.url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as { errors?: { extensions: { code: string } }[] }
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    code: answer.errors?.[0]?.extensions.code,
  }
}
/** Resolves when the subgraph has been asked `count` times in all. */
const asked = (count: number) => eventually(() => expect(waiting).toHaveLength(count))

/** Never twice the same text, which could be answered once for all who ask. */
let asking = 0
const reading = () => ({ query: `{ categories { name } } # ${(asking += 1)}` })
const buying = { query: exampleOperation('8-buy.graphql'), variables: { cartId: 'cart', total: '1.00' } }
const shed = { status: 503, retryAfter: '2', code: 'OVERLOADED' }
const answered = { status: 200, retryAfter: null, code: undefined }

test('with as many requests in flight as may be, most are refused, then checkouts, and health never', async () => {
  const taken = Array.from({ length: 4 }, () => send(reading()))
  await asked(4)

  expect(await send(reading())).toEqual(shed)
  expect(await send({}, 'GET')).toEqual(shed)
  // Only the words are there, in a comment: that shows when the document is parsed.
  expect(await send({ query: `# checkoutComplete\n${reading().query}` })).toEqual(shed)
  expect(waiting).toHaveLength(4)

  const bought = Array.from({ length: 2 }, () => send(buying))
  await asked(6)
  expect(await send(buying)).toEqual(shed)
  const health = await fetch(new URL('/health/ready', gateway.url))
  expect({ status: health.status, body: await health.json() }).toEqual({ status: 200, body: { status: 'ready' } })
  expect(waiting).toHaveLength(6)

  for (const response of waiting.splice(0))
    response.setHeader('content-type', 'application/json').end('{"data":{"categories":[],"checkoutComplete":null}}')
  expect(await Promise.all([...taken, ...bought])).toEqual(Array.from({ length: 6 }, () => answered))

  const again = send(reading())
  await asked(1)
  waiting.pop()!.setHeader('content-type', 'application/json').end('{"data":{"categories":[]}}')
  expect(await again).toEqual(answered)
})
