import { fastifyApolloHandler } from '@as-integrations/fastify'
import { composeServices } from '@apollo/composition'
import type { SubgraphAnswer, SubgraphTransport } from '@cartograph/plan-executor'
import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import Fastify, { type FastifyInstance } from 'fastify'
import { parse } from 'graphql'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GatewayContext } from '../context.ts'
import { graphqlServer } from '../graphql-server.ts'
import { RequestLifetime } from '../subgraphs/request-lifetime.ts'
import { AnswerCache } from './answer-cache.ts'
import { notModified } from './cache-headers.ts'
import { RedisAnswers } from './redis-answers.ts'
import { redisAnswers, redisUrl } from './redis.test-kit.ts'
import { SharedAnswers } from './shared-answers.ts'

const { supergraphSdl = '' } = composeServices([
  {
    name: 'products',
    url: 'http://127.0.0.1/products',
    typeDefs: parse(`
      extend schema
        @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
        @link(url: "https://cartograph.example/cacheControl/v1.0", import: ["@cacheControl"])
        @composeDirective(name: "@cacheControl")
      directive @cacheControl(maxAge: Int, scope: String, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
      type Query { price(of: [Int], in: String): Int @cacheControl(maxAge: 60) viewer: Int }
      type Mutation { priceSet: Int @cacheControl(maxAge: 60) }
    `),
  },
])

/** A subgraph whose price goes up by one each time it is asked. */
class Prices implements SubgraphTransport {
  asked = 0
  fails = false
  async send(): Promise<SubgraphAnswer> {
    this.asked += 1
    if (this.fails) return { data: null, errors: [{ message: 'Down.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }
    return { data: { price: this.asked, viewer: this.asked, priceSet: this.asked } }
  }
}

const isRedisThere = await redisAnswers()

const logger = pino({ level: 'silent' })
let now = 0
let claims: ViewerClaims = guestClaims('')
let wantsInsight = false
let prices: Prices
let server: FastifyInstance
let stop: () => Promise<void>
let changeSupergraph: (supergraphSdl: string) => void

async function start(mostBytes = 1_000_000, redis: RedisAnswers | null = null): Promise<void> {
  prices = new Prices()
  const apollo = graphqlServer({
    supergraph: {
      async initialize({ update }) {
        changeSupergraph = update
        return { supergraphSdl }
      },
    },
    transport: prices,
    sharedAnswers: new SharedAnswers(5_000),
    answerCache: new AnswerCache({ mostBytes, redis, isProtected: () => false, now: () => now }),
    mostOperationCost: null,
    isSchemaPublic: true,
    logger,
  })
  await apollo.start()
  server = Fastify()
  server.addHook('onSend', notModified)
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: fastifyApolloHandler(apollo, {
      context: async (): Promise<GatewayContext> => ({ claims, wantsInsight, lifetime: new RequestLifetime(5_000) }),
    }),
  })
  stop = async () => {
    await server.close()
    await apollo.stop()
  }
}
beforeEach(async () => {
  now = 1_000_000
  claims = guestClaims('')
  wantsInsight = false
  await start()
})
afterEach(() => stop())

async function get(query: string, variables: object = {}, headers: Record<string, string> = {}) {
  const response = await server.inject({
    url: '/graphql',
    query: { query, variables: JSON.stringify(variables) },
    headers: { 'apollo-require-preflight': 'true', ...headers },
  })
  return { status: response.statusCode, headers: response.headers, body: response.body }
}
async function post(query: string, variables: object = {}) {
  const response = await server.inject({ method: 'POST', url: '/graphql', payload: { query, variables } })
  return { status: response.statusCode, headers: response.headers, body: response.body }
}

test('an answer is kept for its maxAge, and says how much of it is left', async () => {
  const first = await get('{ price }')
  expect(first.body).toBe('{"data":{"price":1}}')
  expect(first.headers['cache-control']).toBe('public, max-age=60')
  expect(first.headers['vary']).toBe('accept, authorization, cart-token, cookie, cartograph-insight')
  now += 59_400
  const second = await get('{ price }')
  expect(second.body).toBe(first.body)
  expect(second.headers['cache-control']).toBe('public, max-age=0')
  expect(second.headers['etag']).toBe(first.headers['etag'])
  now += 600
  const third = await get('{ price }')
  expect(third.body).toBe('{"data":{"price":2}}')
  expect(third.headers['etag']).not.toBe(first.headers['etag'])
  expect(prices.asked).toBe(2)
})

test('POST and GET are given the same', async () => {
  expect((await post('{ price }')).body).toBe('{"data":{"price":1}}')
  expect((await get('{ price }')).body).toBe('{"data":{"price":1}}')
  expect((await post('{ price }')).headers['cache-control']).toBe('public, max-age=60')
})

test('who has the answer already is told so, without a body', async () => {
  const { etag } = (await get('{ price }')).headers
  expect(etag).toMatch(/^"[\w-]{43}"$/)
  const again = await get('{ price }', {}, { 'if-none-match': `"other", W/${String(etag)}` })
  expect(again).toMatchObject({ status: 304, body: '' })
  expect(again.headers['content-type']).toBeUndefined()
  expect(again.headers).toMatchObject({ etag, 'cache-control': 'public, max-age=60' })
  now += 60_000
  expect(await get('{ price }', {}, { 'if-none-match': String(etag) })).toMatchObject({
    status: 200,
    body: '{"data":{"price":2}}',
  })
})

test('variables are the same in any order, and others are another answer', async () => {
  const query = 'query ($of: [Int], $in: String) { price(of: $of, in: $in) }'
  expect((await get(query, { of: [1, 2], in: 'GBP' })).body).toBe('{"data":{"price":1}}')
  expect((await get(query, { in: 'GBP', of: [1, 2] })).body).toBe('{"data":{"price":1}}')
  expect((await get(query, { in: 'GBP', of: [2, 1] })).body).toBe('{"data":{"price":2}}')
  expect((await get(query, { of: [1, 2] })).body).toBe('{"data":{"price":3}}')
})

test.each<[string, Partial<ViewerClaims>]>([
  ['a user', { kind: 'user', id: 'user-1' }],
  ['a guest with a cart', { cartToken: 'token' }],
])('%s is given nothing that was kept, and leaves nothing', async (_, who) => {
  await get('{ price }')
  claims = { ...claims, ...who }
  const own = await get('{ price }')
  expect(own.body).toBe('{"data":{"price":2}}')
  expect(own.headers['cache-control']).toBe('no-store')
  expect(own.headers['etag']).toBeUndefined()
  claims = guestClaims('')
  expect((await get('{ price }')).body).toBe('{"data":{"price":1}}')
})

test('what shows how it was run is not kept', async () => {
  wantsInsight = true
  expect((await get('{ price }')).headers['cache-control']).toBe('no-store')
  wantsInsight = false
  expect((await get('{ price }')).body).toBe('{"data":{"price":2}}')
})

test('what depends on the viewer, and what changes something, is not kept', async () => {
  for (const ask of [() => get('{ price viewer }'), () => post('mutation { priceSet }')]) {
    const asked = prices.asked
    expect((await ask()).headers['cache-control']).toBe('no-store')
    await ask()
    expect(prices.asked).toBe(asked + 2)
  }
})

test('an answer with errors is not kept', async () => {
  prices.fails = true
  const failed = await get('{ price }')
  expect(failed.headers['cache-control']).toBe('no-store')
  expect(failed.headers['etag']).toBeUndefined()
  prices.fails = false
  expect((await get('{ price }')).body).toBe('{"data":{"price":2}}')
})

test('many who ask at once are one execution', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => get('{ price }')))
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['{"data":{"price":1}}']))
  expect(prices.asked).toBe(1)
})

test('under another supergraph nothing that was kept is given', async () => {
  await get('{ price }')
  changeSupergraph(supergraphSdl.replaceAll('maxAge: 60', 'maxAge: 10'))
  const changed = await get('{ price }')
  expect(changed.body).toBe('{"data":{"price":2}}')
  expect(changed.headers['cache-control']).toBe('public, max-age=10')
})

test.runIf(isRedisThere)('what one gateway keeps in a Redis another one gives', async () => {
  const redis = new RedisAnswers(redisUrl, logger)
  await redis.connected()
  // What an earlier run has asked is not asked again.
  const query = `{ price(in: "${randomUUID()}") }`
  await stop()
  await start(1_000_000, redis)
  const first = await get(query)
  expect(first.body).toBe('{"data":{"price":1}}')
  await stop()
  await start(1_000_000, redis)
  now += 20_000
  const second = await get(query)
  expect(second.body).toBe(first.body)
  expect(second.headers).toMatchObject({ 'cache-control': 'public, max-age=40', etag: first.headers['etag'] })
  expect(prices.asked).toBe(0)
  redis.close()
})

test('memory is bounded: what was used last stays', async () => {
  await stop()
  // Entries of 500 bytes and 13 characters, of which one may take a sixteenth.
  await start(16 * 540)
  for (let each = 1; each <= 17; each += 1) await get(`{ price(of: [${each}]) }`)
  expect((await get('{ price(of: [17]) }')).body).toBe('{"data":{"price":17}}')
  expect((await get('{ price(of: [1]) }')).body).toBe('{"data":{"price":18}}')
})
