import { documentIdOf, OperationStore, readManifest } from '@cartograph/persisted-operations'
import { eventually } from '@cartograph/test-kit'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type GatewayUnderTest, gatewayUnderTest, ShopUnderTest, supergraphOf } from '../gateway.test-kit.ts'
import { OperationGate, type PersistedOperationsMode } from '../persisted-operations/operation-gate.ts'
import { RefusableTexts } from '../persisted-operations/refusable-texts.ts'
import { MemoryLedger } from './budget/memory-ledger.ts'
import { openPartners, type Partners } from './partners.ts'
import { partnersSecret, type PartnersUnderTest, partnersUnderTest } from './partners-service.test-kit.ts'

const supergraphSdl = supergraphOf(`
  type Query { price(of: Int): Int @cacheControl(maxAge: 60) }
  type Mutation { buy: Int }
`)

/** The operations, by the word that the tables have for them. Each is there as a query and as a mutation. */
const query = {
  known: 'query Known { price }',
  sunset: 'query Sunset { price }',
  retired: 'query Retired { price }',
  'of another': 'query OfAnother { price }',
  'first-party': 'query FirstParty { price }',
  unknown: 'query Unknown { price }',
}
const mutation = {
  known: 'mutation Known { buy }',
  sunset: 'mutation Sunset { buy }',
  retired: 'mutation Retired { buy }',
  'of another': 'mutation OfAnother { buy }',
  'first-party': 'mutation FirstParty { buy }',
  unknown: 'mutation Unknown { buy }',
}
type Which = keyof typeof query
const both = (which: Which) => [query[which], mutation[which]]

const now = Date.UTC(2026, 5, 15, 12, 0, 30)
const [yesterday, lastYear, nextMonth] = [
  '2026-06-14T00:00:00.000Z',
  '2025-06-15T00:00:00.000Z',
  '2026-07-15T00:00:00.000Z',
]

let service: PartnersUnderTest
const keyNames = ['none', 'good', 'bad', 'expired', 'revoked', 'of another']
const keys: Record<string, string | null> = { none: null }
beforeAll(async () => {
  service = await partnersUnderTest()
  const acme = service.add({ name: 'Acme' })
  service.publish(acme.partnerId, { documents: both('retired'), deprecatedAt: lastYear, sunsetAt: yesterday })
  service.publish(acme.partnerId, { documents: both('sunset'), deprecatedAt: yesterday, sunsetAt: nextMonth })
  service.publish(acme.partnerId, { documents: both('known') })
  keys['good'] = acme.key
  keys['expired'] = service.addKey(acme.partnerId, yesterday)
  // It is in no answer of the service.
  keys['revoked'] = 'pk_live_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
  keys['bad'] = 'pk_live_bad'
  const other = service.add({ name: 'Other' })
  service.publish(other.partnerId, { documents: both('of another') })
  keys['of another'] = other.key
})
afterAll(() => service.stop())

let shop: ShopUnderTest
let gateway: GatewayUnderTest
let partners: Partners
let logged: Record<string, unknown>[]
async function start(mode: PersistedOperationsMode, status = 401) {
  shop = new ShopUnderTest(() => ({ data: { price: 5, buy: 6 } }))
  logged = []
  const logger = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) })
  const refusableTexts = new RefusableTexts(logger)
  const firstParty = both('first-party').map((body) => [documentIdOf(body), body])
  const operations = new OperationStore(readManifest(Object.fromEntries(firstParty)))
  partners = openPartners({
    url: service.url,
    signingSecret: partnersSecret,
    ledger: new MemoryLedger(() => now),
    mode,
    refusableTexts,
    logger,
    now: () => now,
  })
  const gate = new OperationGate({ mode, operations, refusableTexts })
  gateway = await gatewayUnderTest({ supergraphSdl, shop, now: () => now, gate, partners, logger })
  // Until all partners are known a key that is not is no bad one.
  await eventually(async () => expect((await send('bad', 'POST', { query: '{ price }' })).statusCode).toBe(status))
}
afterEach(async () => {
  await gateway.stop()
  await partners.close(0)
})

type Method = 'GET' | 'POST'
type Sent = Readonly<Record<string, unknown>>

function send(key: string, method: Method, sent: Sent, more: Record<string, string> = {}) {
  const secret = keys[key]
  const headers = { ...(secret && { authorization: `Bearer ${secret}` }), 'apollo-require-preflight': 'true', ...more }
  if (method === 'POST') return gateway.server.inject({ method, url: '/graphql', payload: sent, headers })
  const parameters = Object.entries(sent).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return gateway.server.inject({ method, url: '/graphql', query: Object.fromEntries(parameters), headers })
}

const digits = (body: string) => documentIdOf(body).slice('sha256:'.length)
const hash = (body: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: digits(body) } } })

/** In which way an operation is named, or sent. */
const ways: Record<string, (body: string) => Sent> = {
  id: (body) => ({ documentId: documentIdOf(body) }),
  'bare id': (body) => ({ documentId: digits(body) }),
  hash: hash,
  text: (body) => ({ query: body }),
  'id and text': (body) => ({ documentId: documentIdOf(body), query: body }),
  'hash and text': (body) => ({ query: body, ...hash(body) }),
}

/** What each word of the tables means: status, code, and headers beside those that every answer to a partner has. */
const outcomes = {
  runs: { status: 200, code: null },
  deprecated: { status: 200, code: null, deprecation: '@1781395200', sunset: 'Wed, 15 Jul 2026 00:00:00 GMT' },
  untaught: { status: 200, code: 'PERSISTED_QUERY_NOT_FOUND' },
  both: { status: 400, code: 'BAD_REQUEST' },
  key: { status: 401, code: 'UNAUTHENTICATED', 'www-authenticate': 'Bearer' },
  text: { status: 403, code: 'PERSISTED_OPERATION_REQUIRED' },
  unknown: { status: 404, code: 'PERSISTED_OPERATION_NOT_FOUND' },
  post: { status: 405, code: 'BAD_REQUEST', allow: 'POST' },
  'post, deprecated': { status: 405, code: 'BAD_REQUEST', allow: 'POST' },
  retired: { status: 410, code: 'PERSISTED_OPERATION_RETIRED' },
} as const satisfies Record<string, { status: number; code: string | null } & Record<string, unknown>>
type Outcome = keyof typeof outcomes

/** A row: who asks, for which, in which ways; what they are answered to a query, to a mutation by POST and by GET. */
type Row = readonly [
  keys: string,
  which: string,
  ways: string,
  query: Outcome,
  mutation: Outcome,
  mutationByGet: Outcome,
]

const everyWay = 'id, bare id, hash, text, id and text, hash and text'
const named = 'id, bare id, hash'
const everyWhich = 'known, sunset, retired, of another, first-party, unknown'

/** The same in every mode. */
const always: readonly Row[] = [
  // A key that is not good is told nothing else, and makes nobody a guest.
  ['bad, expired, revoked', everyWhich, everyWay, 'key', 'key', 'key'],
  ['good', 'known', named, 'runs', 'runs', 'post'],
  ['good', 'sunset', named, 'deprecated', 'deprecated', 'post'],
  ['good', 'retired', named, 'retired', 'retired', 'retired'],
  ['good', 'of another, first-party, unknown', named, 'unknown', 'unknown', 'unknown'],
  ['of another', 'of another', named, 'runs', 'runs', 'post'],
  ['of another', 'known, sunset, retired, first-party, unknown', named, 'unknown', 'unknown', 'unknown'],
  ['good, of another', everyWhich, 'id and text', 'both', 'both', 'both'],
  ['none', everyWhich, 'id and text', 'both', 'both', 'both'],
  ['none', 'first-party', named, 'runs', 'runs', 'post'],
  ['none', 'known, sunset, retired, of another, unknown', 'id, bare id', 'unknown', 'unknown', 'unknown'],
]
const refusedTexts = 'text, hash and text'
const tables: Record<PersistedOperationsMode, readonly Row[]> = {
  optional: [
    ...always,
    ['good, of another', everyWhich, refusedTexts, 'text', 'text', 'text'],
    // Before a text is sent with its hash, which teaches it.
    ['none', 'known, sunset, retired, of another, unknown', 'hash', 'untaught', 'untaught', 'untaught'],
    ['none', everyWhich, refusedTexts, 'runs', 'runs', 'post'],
  ],
  'log-only': [
    ...always,
    ['good, of another', everyWhich, refusedTexts, 'runs', 'runs', 'post'],
    // Before a text is sent with its hash, which teaches it.
    ['none', 'known, sunset, retired, of another, unknown', 'hash', 'untaught', 'untaught', 'untaught'],
    ['none', everyWhich, refusedTexts, 'runs', 'runs', 'post'],
  ],
  required: [
    ...always,
    ['good, of another', everyWhich, refusedTexts, 'text', 'text', 'text'],
    ['none', everyWhich, refusedTexts, 'text', 'text', 'text'],
    ['none', 'known, sunset, retired, of another, unknown', 'hash', 'unknown', 'unknown', 'unknown'],
  ],
}

const words = (text: string) => text.split(', ')
const cells = (mode: PersistedOperationsMode) =>
  tables[mode].flatMap(([whose, which, inWays, ofQuery, ofMutation, ofMutationByGet]) =>
    words(whose).flatMap((key) =>
      words(which).flatMap((each) =>
        words(inWays).flatMap((way) =>
          (['POST', 'GET'] as const).flatMap((method) => [
            { key, way, method, which: each as Which, type: 'query' as const, outcome: ofQuery },
            {
              key,
              way,
              method,
              which: each as Which,
              type: 'mutation' as const,
              outcome: method === 'GET' ? ofMutationByGet : ofMutation,
            },
          ]),
        ),
      ),
    ),
  )
type Cell = ReturnType<typeof cells>[number]

/** Each header that a cell is about; undefined for one that must not be there. */
function expectedHeaders({ key, type, outcome }: Cell) {
  const { status: _, code, ...headers } = outcomes[outcome]
  const isKept = type === 'query' && code === null
  const isKnown = key === 'good' || key === 'of another'
  return {
    allow: undefined,
    'www-authenticate': undefined,
    deprecation: undefined,
    sunset: undefined,
    'retry-after': undefined,
    ...headers,
    'cache-control': isKept ? 'public, max-age=60' : 'no-store',
    etag: isKept ? expect.stringMatching(/^"[\w-]{43}"$/) : undefined,
    vary: isKept ? 'accept, authorization, cart-token, cookie, cartograph-insight' : undefined,
    'ratelimit-policy': isKnown ? '"points";q=1000;w=60' : undefined,
    ratelimit: isKnown ? expect.stringMatching(/^"points";r=\d+;t=\d+$/) : undefined,
  }
}

describe.each(Object.keys(tables) as PersistedOperationsMode[])('%s', (mode) => {
  beforeEach(() => start(mode))

  test('the tables have each cell once', () => {
    const names = cells(mode).map(({ key, way, method, which, type }) => [key, way, method, which, type].join())
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBe(6 * 6 * 6 * 2 * 2)
  })

  test.each(keyNames)('key: %s', async (key) => {
    for (const cell of cells(mode).filter((each) => each.key === key)) {
      const { way, method, which, type, outcome } = cell
      const name = [way, method, which, type].join()
      const asked = shop.asked
      const response = await send(key, method, ways[way]!({ query, mutation }[type][which]))
      const { data, errors } = response.json()
      const { status, code } = outcomes[outcome]
      expect([name, response.statusCode, errors?.[0].extensions.code ?? null]).toEqual([name, status, code])
      expect([name, data]).toEqual([name, code === null ? (type === 'query' ? { price: 5 } : { buy: 6 }) : undefined])
      const headers = expectedHeaders(cell)
      const told = Object.fromEntries(Object.keys(headers).map((each) => [each, response.headers[each]]))
      expect([name, told]).toEqual([name, headers])
      // A query may be answered from memory; what is refused, and what is a mutation, never is.
      const reached = shop.asked - asked
      if (type === 'mutation' || code !== null) expect([name, reached]).toEqual([name, code === null ? 1 : 0])
    }
  })
})

describe('automatic persisted queries, which strangers fill, run nothing for a partner', () => {
  beforeEach(() => start('log-only'))

  test.each([digits(query.unknown), [digits(query.unknown)], { toString: 'no' }])('hash %j', async (sha256Hash) => {
    expect((await send('none', 'POST', ways['hash and text']!(query.unknown))).json()).toEqual({ data: { price: 5 } })
    expect((await send('none', 'POST', hash(query.unknown))).json()).toEqual({ data: { price: 5 } })
    const asked = shop.asked
    for (const method of ['POST', 'GET'] as const) {
      const response = await send('good', method, { extensions: { persistedQuery: { version: 1, sha256Hash } } })
      expect([response.statusCode, response.headers['cache-control'], shop.asked]).toEqual([
        typeof sha256Hash === 'string' ? 404 : 400,
        'no-store',
        asked,
      ])
    }
  })

  test('nor does a partner fill them', async () => {
    expect((await send('good', 'POST', ways['hash and text']!(query.unknown))).json()).toEqual({ data: { price: 5 } })
    expect((await send('none', 'POST', hash(query.unknown))).json().errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    )
  })
})

test('what is no request at all, a batch, or an id that is no text is 400, also with a key', async () => {
  await start('optional')
  for (const sent of [{}, { documentId: 5 }, { query: null }, { query: {} }, [ways['id']!(query.known)]]) {
    const response = await send('good', 'POST', sent as Sent)
    expect([response.statusCode, response.json().errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST'])
  }
  const broken = await send('good', 'GET', { documentId: documentIdOf(query.known), variables: '{' })
  expect([broken.statusCode, broken.json().errors[0].message]).toEqual([400, 'The variables are no JSON.'])
  expect(shop.asked).toBe(0)
})

test('an expired key is told when it did, and a retired operation since when it is', async () => {
  await start('optional')
  expect((await send('expired', 'POST', ways['id']!(query.known))).json().errors[0].message).toBe(
    'The key has expired at 2026-06-14T00:00:00.000Z.',
  )
  expect((await send('good', 'POST', ways['id']!(query.retired))).json().errors[0].message).toBe(
    'The manifests with this operation have ended at 2026-06-14T00:00:00.000Z.',
  )
})

test('a GET by id is answered 304 to who has the answer, and tells what is left as any other', async () => {
  await start('optional')
  const first = await send('good', 'GET', ways['id']!(query.sunset))
  const known = { 'if-none-match': String(first.headers['etag']) }
  const again = await send('good', 'GET', ways['id']!(query.sunset), known)
  expect([again.statusCode, again.body, shop.asked]).toEqual([304, '', 1])
  expect(again.headers).toMatchObject({
    etag: first.headers['etag'],
    'cache-control': 'public, max-age=60',
    deprecation: '@1781395200',
    sunset: 'Wed, 15 Jul 2026 00:00:00 GMT',
    'ratelimit-policy': '"points";q=1000;w=60',
    ratelimit: '"points";r=998;t=30',
  })
})

test('log-only says once of each text and partner that it would be refused', async () => {
  await start('log-only')
  for (const key of ['good', 'of another', 'good', 'none', 'none']) await send(key, 'POST', { query: query.unknown })
  const partnerIds = [...service.partners.keys()]
  expect(logged.map(({ documentId, partnerId, msg }) => [documentId, partnerId, msg])).toEqual(
    [...partnerIds, undefined].map((partnerId) => [
      documentIdOf(query.unknown),
      partnerId,
      'an operation that is not persisted ran',
    ]),
  )
})

test('as long as not all partners are known a key that is not is no bad one, and makes no guest', async () => {
  service.isUp = false
  try {
    await start('optional', 503)
    for (const key of ['good', 'bad', 'of another']) {
      const response = await send(key, 'POST', ways['id']!(query.known))
      expect([response.statusCode, response.json()]).toEqual([
        503,
        {
          errors: [
            {
              message: 'The partners service is unavailable, so no key can be looked up.',
              extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'partners' },
            },
          ],
        },
      ])
      expect(response.headers).toMatchObject({ 'retry-after': '2', 'cache-control': 'no-store' })
    }
    expect((await send('none', 'POST', { query: query.known })).statusCode).toBe(200)
  } finally {
    service.isUp = true
  }
  await eventually(async () => expect((await send('good', 'POST', ways['id']!(query.known))).statusCode).toBe(200))
})

test('subgraphs are told of the partner, its scopes, and the cart that it shows; with a cart nothing is kept', async () => {
  await start('optional')
  await send('good', 'POST', ways['id']!(mutation.known))
  const [partnerId] = service.partners.keys()
  expect(shop.askedBy[0]).toMatchObject({
    kind: 'partner',
    id: partnerId,
    scopes: [],
    cartToken: null,
    sessionId: null,
  })
  const withCart = await send('good', 'POST', ways['id']!(query.known), { 'cart-token': 'token' })
  expect(withCart.headers['cache-control']).toBe('no-store')
  expect(shop.askedBy[1]).toMatchObject({ kind: 'partner', id: partnerId, cartToken: 'token' })
})
