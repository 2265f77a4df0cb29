import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cpuSecondsOf } from '../src/cpu-time.ts'
import { type LoneGateway, startLoneGateway } from '../src/lone-gateway.ts'
import { exampleOperation } from '../src/shop-client.ts'

/** The most CPU time of the gateway that one request may take: nobody else is answered meanwhile. */
const mostSeconds = 0.2

let gateway: LoneGateway
beforeAll(async () => {
  gateway = await startLoneGateway()
  // What a planner learns at its first operations is not a stranger's doing.
  for (const file of ['1-everything.graphql', '2-search.graphql', '3-trending.graphql'])
    for (let time = 0; time < 5; time += 1) await send(JSON.stringify({ query: `${exampleOperation(file)} #${time}` }))
})
afterAll(() => gateway[Symbol.asyncDispose]())

async function send(body: string | Buffer, headers: Record<string, string> = {}) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
  const response = await fetch(gateway.url, init)
  const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] }
  return { status: response.status, code: errors?.[0]?.extensions.code }
}

const times = (count: number, text: (at: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, at) => text(at)).join(between)
const node = (text: string) => `{ products(first: 1) { edges { node { ${text} } } } }`
const fragments = (count: number, text: (at: number) => string) =>
  times(count, (at) => `fragment F${at} on Product { ${text(at)} }`)

const tooLarge = { status: 400, code: 'GRAPHQL_VALIDATION_FAILED' }
const unparsed = { status: 400, code: 'GRAPHQL_PARSE_FAILED' }
const unanswered = { status: 200, code: 'SUBGRAPH_UNAVAILABLE' }

const documents: [string, string, { status: number; code: string }][] = [
  ['100,000 tokens', `{ ${times(100_000, () => 'a')} }`, unparsed],
  ['100,000 braces', '{'.repeat(100_000), unparsed],
  ['1,300 levels', `{${'a{'.repeat(1_300)}a${'}'.repeat(1_300)}}`, tooLarge],
  ['1,300 levels of inline fragments', `{${'...{'.repeat(1_300)}a${'}'.repeat(1_300)}}`, tooLarge],
  ['a thousand of one field', node(times(1_000, () => 'id')), tooLarge],
  ['a thousand fields that overlap', `{ ${times(990, () => 'viewer { id }')} }`, tooLarge],
  ['1,300 aliases', node(times(1_300, (at) => `a${at}: id`)), tooLarge],
  ['3,900 unknown fields', `{ ${times(3_900, (at) => `u${at}`)} }`, tooLarge],
  ['900 unknown fields, below', node(times(900, (at) => `titl${at}`)), tooLarge],
  ['1,900 directives', `{ __typename ${'@a'.repeat(1_900)} }`, tooLarge],
  [
    'fragments that double 300 times',
    `${node('...F0')} ${fragments(300, (at) => `...F${at + 1} ...F${at + 1}`)}`,
    tooLarge,
  ],
  [
    '60 fragments that spread each other',
    `${node('...F0')} ${fragments(60, (at) => times(25, (to) => `...F${(at + to + 1) % 60}`))}`,
    tooLarge,
  ],
  ['a fragment within itself', `${node('...F0')} ${fragments(1, () => 'id ...F0')}`, tooLarge],
  [
    '780 operations',
    times(780, (at) => `query Q${at} { __typename }`),
    { status: 400, code: 'OPERATION_RESOLUTION_FAILURE' },
  ],
  ['480 variables', `query (${times(480, (at) => `$v${at}: Int`)}) { products(first: $v0) { totalCount } }`, tooLarge],
  ['all that a schema has', '{ __schema { types { fields { type { fields { name } } } } } }', tooLarge],
  // What the limits allow, and that is planned: services that are not there are not the point.
  ['as many fields that overlap as may be', node(times(124, () => 'variants { sku product { id } }')), unanswered],
  [
    'as many fragments that overlap as may be',
    `${node(times(100, (at) => `...F${at}`))} ${fragments(100, () => 'id variants { id sku }')}`,
    unanswered,
  ],
  [
    'as many conditions as may be',
    `query (${times(20, (at) => `$v${at}: Boolean = true`)}) ${node(times(20, (at) => `... @include(if: $v${at}) { a${at}: title inStock }`))}`,
    unanswered,
  ],
  [
    'as many services in turn as may be',
    node(
      times(
        8,
        (at) =>
          `b${at}: boughtTogether(first: 1) { edges { node { inStock variants { availability { status } product { similar(first: 1) { edges { node { title inStock } } } } } } } }`,
      ),
    ),
    unanswered,
  ],
]

const bodies: [string, string | Buffer, { status: number; code: string | undefined }, Record<string, string>?][] = [
  ...documents.map(([name, query, answer]): (typeof bodies)[number] => [name, JSON.stringify({ query }), answer]),
  [
    'variables nested 40,000 deep',
    `{"query":"{ __typename }","variables":${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}}`,
    { status: 400, code: 'BAD_USER_INPUT' },
  ],
  [
    'lists nested 120,000 deep',
    `{"query":"{ __typename }","variables":{"a":${'['.repeat(120_000)}${']'.repeat(120_000)}}}`,
    { status: 400, code: 'BAD_USER_INPUT' },
  ],
  [
    '10,000 operations in one body',
    JSON.stringify(Array.from({ length: 10_000 }, () => ({ query: '{ a }' }))),
    { status: 400, code: 'BAD_REQUEST' },
  ],
  [
    'a string of 250,000 characters',
    JSON.stringify({ query: `{ node(id: "${'x'.repeat(250_000)}") { id } }` }),
    { status: 200, code: 'INVALID_ID' },
  ],
  [
    'bytes that are no UTF-8',
    Buffer.concat([Buffer.from('{"query":"{ a'), Buffer.alloc(100_000, 0xff), Buffer.from('"}')]),
    unparsed,
  ],
  ['20 MB', 'x'.repeat(20_000_000), { status: 413, code: 'PAYLOAD_TOO_LARGE' }],
  [
    '300 kB that would inflate to 300 MB',
    gzipSync(Buffer.alloc(300_000_000, ' ')),
    { status: 415, code: 'BAD_REQUEST' },
    { 'content-encoding': 'gzip' },
  ],
]

test.each(bodies)('%s', async (name, body, answer, headers) => {
  const before = cpuSecondsOf(gateway.pid)
  const answered = await send(body, headers)
  const seconds = cpuSecondsOf(gateway.pid) - before
  console.log(`${name}: ${(seconds * 1_000).toFixed(0)} ms of CPU`)
  expect(answered).toEqual(answer)
  expect(seconds).toBeLessThanOrEqual(mostSeconds)
})
