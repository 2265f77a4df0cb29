import { documentIdOf, OperationStore, readManifest } from '@cartograph/persisted-operations'
import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { type GatewayUnderTest, gatewayUnderTest, ShopUnderTest, supergraphOf } from '../gateway.test-kit.ts'
import { OperationGate, type PersistedOperationsMode } from './operation-gate.ts'
import { RefusableTexts } from './refusable-texts.ts'

const supergraphSdl = supergraphOf(`
  type Query { price(of: Int): Int @cacheControl(maxAge: 60) }
  type Mutation { buy: Int }
`)
const price = 'query Price($of: Int) { price(of: $of) }'
const buy = 'mutation Buy { buy }'
const unknown = 'query Unknown { price }'
const digits = (body: string) => documentIdOf(body).slice('sha256:'.length)

let shop: ShopUnderTest
let logged: Record<string, unknown>[]
let server: GatewayUnderTest['server']
let stop: () => Promise<void> = async () => {}
afterEach(() => stop())

async function start(mode: PersistedOperationsMode): Promise<void> {
  shop = new ShopUnderTest(() => ({ data: { price: 5, buy: 6 } }))
  logged = []
  const logger = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) })
  const operations = new OperationStore(
    readManifest({ [documentIdOf(price)]: price, [digits(buy)]: buy, 'price-1': price }),
  )
  const gate = new OperationGate({ mode, operations, refusableTexts: new RefusableTexts(logger) })
  ;({ server, stop } = await gatewayUnderTest({ supergraphSdl, shop, now: () => 1_000_000, gate, logger }))
}

type Sent = Readonly<Record<string, unknown>>

function send(method: 'GET' | 'POST', sent: Sent, headers: Record<string, string> = {}) {
  if (method === 'POST') return server.inject({ method, url: '/graphql', payload: sent, headers })
  const query = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
  return server.inject({ method, url: '/graphql', query, headers })
}

const hash = (body: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: digits(body) } } })

/** What is sent, by its name in the table; whether Apollo Server alone would take it by GET is no question of the gate. */
const requests = {
  id: { documentId: documentIdOf(price) },
  'id, bare': { documentId: digits(price) },
  'id, opaque': { documentId: 'price-1' },
  'id of a mutation': { documentId: documentIdOf(buy) },
  'unknown id': { documentId: documentIdOf(unknown) },
  'empty id': { documentId: '' },
  hash: hash(price),
  'hash of a mutation': hash(buy),
  'unknown hash': hash(unknown),
  'id and text': { documentId: documentIdOf(price), query: price },
  'hash and text': { query: unknown, ...hash(unknown) },
  text: { query: unknown },
  'text of a persisted operation': { query: price },
  nothing: {},
} as const satisfies Record<string, Sent>

const price5 = [200, 'price 5'] as const
const bought = [200, 'buy 6'] as const
const notFound = [404, 'PERSISTED_OPERATION_NOT_FOUND'] as const
const needsId = [403, 'PERSISTED_OPERATION_REQUIRED'] as const
const bad = [400, 'BAD_REQUEST'] as const
const byPost = [405, 'BAD_REQUEST'] as const
/** How Apollo Server answers a hash that nobody has taught it. */
const untaught = [200, 'PERSISTED_QUERY_NOT_FOUND'] as const

type Outcome = readonly [status: number, answer: string]
type Row = readonly [post: Outcome, get: Outcome]

const open: Record<keyof typeof requests, Row> = {
  id: [price5, price5],
  'id, bare': [price5, price5],
  'id, opaque': [price5, price5],
  'id of a mutation': [bought, byPost],
  'unknown id': [notFound, notFound],
  'empty id': [notFound, notFound],
  hash: [price5, price5],
  'hash of a mutation': [bought, byPost],
  'unknown hash': [untaught, untaught],
  'id and text': [bad, bad],
  'hash and text': [price5, price5],
  text: [price5, price5],
  'text of a persisted operation': [price5, price5],
  nothing: [bad, bad],
}
const tables: Record<PersistedOperationsMode, Record<keyof typeof requests, Row>> = {
  optional: open,
  'log-only': open,
  required: {
    ...open,
    'unknown hash': [notFound, notFound],
    'hash and text': [needsId, needsId],
    text: [needsId, needsId],
    'text of a persisted operation': [needsId, needsId],
  },
}

describe.each(Object.keys(tables) as PersistedOperationsMode[])('%s', (mode) => {
  test.each(Object.keys(requests) as (keyof typeof requests)[])('%s', async (name) => {
    for (const [index, method] of (['POST', 'GET'] as const).entries()) {
      await start(mode)
      // What it takes itself Apollo Server takes by GET only of who could not have been tricked into it.
      const isApollos = 'query' in requests[name] || name === 'unknown hash'
      const headers = { ...(isApollos && { 'apollo-require-preflight': 'true' }) }
      const response = await send(method, requests[name], headers)
      const body = response.json<{ data?: Record<string, number>; errors?: { extensions: { code: string } }[] }>()
      const answer = body.errors
        ? body.errors.map(({ extensions }) => extensions.code).join()
        : Object.entries(body.data!).flat().join(' ')
      expect([method, response.statusCode, answer]).toEqual([method, ...tables[mode][name][index]!])
      const ran = tables[mode][name][index] === price5 || tables[mode][name][index] === bought
      expect(shop.asked).toBe(ran ? 1 : 0)
      expect(response.headers['allow']).toBe(response.statusCode === 405 ? 'POST' : undefined)
      const kept = answer === 'price 5' ? 'public, max-age=60' : 'no-store'
      // What is no operation at all Apollo Server answers before any plugin; no cache keeps a 400.
      expect(response.headers['cache-control']).toBe(name === 'nothing' ? undefined : kept)
      await stop()
    }
  })
})

test('variables and the name come with an id, by GET as by POST', async () => {
  await start('required')
  for (const method of ['GET', 'POST'] as const) {
    const sent = { documentId: documentIdOf(price), variables: { of: 'x' } }
    const wrongType = await send(method, sent)
    expect([wrongType.statusCode, wrongType.json().errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
    const wrongName = await send(method, { ...sent, operationName: 'Other' })
    expect([wrongName.statusCode, wrongName.json().errors[0].extensions.code]).toEqual([
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ])
    expect((await send(method, { ...sent, variables: { of: 1 }, operationName: 'Price' })).json()).toEqual({
      data: { price: 5 },
    })
  }
  const broken = await server.inject({ url: '/graphql', query: { documentId: documentIdOf(price), variables: '{' } })
  expect([broken.statusCode, broken.json()]).toEqual([
    400,
    { errors: [{ message: 'The variables are no JSON.', extensions: { code: 'BAD_REQUEST' } }] },
  ])
  const noText = await send('POST', { documentId: 5 })
  expect([noText.statusCode, noText.json().errors[0].message]).toEqual([400, 'The documentId is no text.'])
})

test('an answer by GET has an entity tag, by which it is not sent again', async () => {
  await start('required')
  const first = await send('GET', { documentId: documentIdOf(price) })
  expect(first.headers).toMatchObject({
    'cache-control': 'public, max-age=60',
    vary: 'accept, authorization, cart-token, cookie, cartograph-insight',
  })
  const second = await send(
    'GET',
    { documentId: documentIdOf(price) },
    { 'if-none-match': String(first.headers['etag']) },
  )
  expect([second.statusCode, second.body, shop.asked]).toEqual([304, '', 1])
})

test('log-only says once of each text that it would be refused', async () => {
  await start('log-only')
  for (const query of [unknown, unknown, price]) await send('POST', { query })
  await send('POST', { documentId: documentIdOf(price) })
  expect(logged.map(({ documentId, query, msg }) => [documentId, query, msg])).toEqual(
    [unknown, price].map((query) => [documentIdOf(query), query, 'an operation that is not persisted ran']),
  )
})
