import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GatewayUnderTest, gatewayUnderTest, ShopUnderTest, supergraphOf } from '../gateway.test-kit.ts'
import { RedisAnswers } from './redis-answers.ts'
import { redisAnswers, redisUrl } from './redis.test-kit.ts'

const supergraphSdl = supergraphOf(`
  type Query {
    price(of: [Int], in: String): Int @cacheControl(maxAge: 60)
    viewer: Int
    cost: Int @cacheControl(maxAge: 60) @requiresScopes(scopes: [["products:read"]])
  }
  type Mutation { priceSet: Int @cacheControl(maxAge: 60) }
`)

const isRedisThere = await redisAnswers()

const logger = pino({ level: 'silent' })
let now = 0
let claims: ViewerClaims = guestClaims('')
let wantsInsight = false
/** A subgraph whose price goes up by one each time it is asked. */
let prices: ShopUnderTest
let fails: boolean
let server: GatewayUnderTest['server']
let stop: () => Promise<void>
let changeSupergraph: (supergraphSdl: string) => void

async function start(mostCachedBytes = 1_000_000, redis: RedisAnswers | null = null): Promise<void> {
  fails = false
  prices = new ShopUnderTest((_, asked) =>
    fails
      ? { data: null, errors: [{ message: 'Down.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }
      : { data: { price: asked, viewer: asked, priceSet: asked, cost: asked } },
  )
  const who = ({ headers: { 'test-claims': own } }: { headers: Record<string, unknown> }) => ({
    claims: typeof own === 'string' ? (JSON.parse(own) as ViewerClaims) : claims,
    wantsInsight,
  })
  const options = { supergraphSdl, shop: prices, mostCachedBytes, redis, now: () => now, who }
  ;({ server, stop, changeSupergraph } = await gatewayUnderTest(options))
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
/** Side by side with others. */
const getAs = (who: ViewerClaims, query: string) => get(query, {}, { 'test-claims': JSON.stringify(who) })

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

const partner = (id: string, ...scopes: string[]): ViewerClaims => ({ ...claims, kind: 'partner', id, scopes })

test('a partner without scopes is a stranger: what is public is kept for both', async () => {
  expect((await get('{ price }')).body).toBe('{"data":{"price":1}}')
  claims = partner('one')
  const kept = await get('{ price }')
  expect([kept.body, kept.headers['cache-control']]).toEqual(['{"data":{"price":1}}', 'public, max-age=60'])
  expect((await get('{ price(of: 2) }')).body).toBe('{"data":{"price":2}}')
  claims = guestClaims('')
  expect((await get('{ price(of: 2) }')).body).toBe('{"data":{"price":2}}')
})

test('partners with scopes are given what those with the same scopes were, and nobody else is', async () => {
  const asks: [ViewerClaims, number, string][] = [
    [guestClaims(''), 1, 'public'],
    [partner('one', 'products:read', 'orders:read'), 2, 'private'],
    [partner('two', 'orders:read', 'products:read'), 2, 'private'],
    [partner('three', 'products:read'), 3, 'private'],
    [partner('four'), 1, 'public'],
  ]
  for (const [who, price, visibility] of [...asks, ...asks.toReversed()]) {
    claims = who
    const answer = await get('{ price }')
    expect([answer.body, answer.headers['cache-control']]).toEqual([
      `{"data":{"price":${price}}}`,
      `${visibility}, max-age=60`,
    ])
  }
  expect(prices.asked).toBe(3)
})

test('nor is a partner given, or does it leave, what needs a scope, what has no age, and what it asks for with a cart', async () => {
  for (const [query, who] of [
    ['{ cost }', partner('one', 'products:read')],
    ['{ price cost }', partner('one', 'products:read')],
    ['{ viewer }', partner('one')],
    ['{ price }', { ...partner('one'), cartToken: 'token' }],
  ] as const) {
    claims = who
    const asked = prices.asked
    // Side by side, and one after the other.
    const answers = await Promise.all([get(query), get(query)])
    answers.push(await get(query))
    expect(answers.map(({ headers }) => headers['cache-control'])).toEqual(Array(3).fill('no-store'))
    expect([query, prices.asked]).toEqual([query, asked + 3])
  }
})

test('who lacks a scope is refused in words of their own, also side by side', async () => {
  const codeOf = async (who: ViewerClaims) => JSON.parse((await getAs(who, '{ cost }')).body).errors[0].extensions.code
  expect(
    await Promise.all([codeOf(guestClaims('')), codeOf(partner('one')), codeOf(partner('two', 'orders:read'))]),
  ).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN'])
  expect(prices.asked).toBe(0)
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
  fails = true
  const failed = await get('{ price }')
  expect(failed.headers['cache-control']).toBe('no-store')
  expect(failed.headers['etag']).toBeUndefined()
  fails = false
  expect((await get('{ price }')).body).toBe('{"data":{"price":2}}')
})

test('many who ask at once are one execution', async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => get('{ price }')))
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['{"data":{"price":1}}']))
  expect(prices.asked).toBe(1)
})

test('partners who ask at once for what is public are one execution with strangers, and those with scopes with one another', async () => {
  const scopes = [[], ['orders:read'], []]
  const asking = scopes.flatMap((each, index) => {
    const who = index === 0 ? guestClaims('') : partner(`partner ${index}`, ...each)
    return Array.from({ length: 10 }, () => getAs(who, '{ price }'))
  })
  await Promise.all(asking)
  expect(prices.asked).toBe(2)
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
