import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type GatewayProcess, memoryOf, resetMost, startGatewayProcess } from '../src/bad-subgraph/gateway-process.ts'
import { stocked } from '../src/bad-subgraph/honest.ts'
import { broken, hung, lying, type Misbehaviour } from '../src/bad-subgraph/misbehaviours.ts'
import { startThreeSubgraphs, type ThreeSubgraphs } from '../src/bad-subgraph/three-subgraphs.ts'

const subgraphDeadlineMs = 1_000
/** Beyond a deadline, on a machine that does other things, too. */
const marginMs = 500
const mostMB = 300
/** Who ask for what the bad subgraph has, at once. */
const clients = 4

let subgraphs: ThreeSubgraphs
let gateway: GatewayProcess
beforeAll(async () => {
  subgraphs = await startThreeSubgraphs()
  const deadlines = ['--deadline-ms', '2000', '--subgraph-deadline-ms', String(subgraphDeadlineMs)]
  gateway = await startGatewayProcess(subgraphs.supergraphSdl, ['--no-sharing', ...deadlines])
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await subgraphs[Symbol.asyncDispose]()
})
const stockFields =
  'count weight isSold label code state states size { width height } holder { name ... on Shelf { row } } anything'
const everything = `{ best items { id name rating ${stockFields} } }`
const elsewhere = '{ best items { id name rating } }'

const ids = ['1', '2', '3']
/** The answer in which items say `stock` besides what the other two subgraphs know. */
const answerWith = (stock: (id: string) => object) => ({
  data: {
    best: 'the first',
    items: ids.map((id) => ({ id, name: `item ${id}`, rating: Number(id) + 2, ...stock(id) })),
  },
})
const inStock = (id: string) => {
  const { __typename: _, holder, ...fields } = stocked(id)
  return { ...fields, holder: { name: holder.name, row: holder.row } }
}
const whole = answerWith(inStock)
const nothing = Object.fromEntries(Object.keys(inStock('1')).map((field) => [field, null]))
const without = (code: string, message: string) => ({
  ...answerWith(() => nothing),
  errors: [{ message, extensions: { code, service: 'stock' } }],
})
const late = without('SUBGRAPH_TIMEOUT', 'The stock service did not answer in time.')
const unavailable = without('SUBGRAPH_UNAVAILABLE', 'The stock service is unavailable.')
const malformed = without('SUBGRAPH_MALFORMED_RESPONSE', 'The stock service answered something that is not GraphQL.')

async function ask(query: string) {
  const askedAt = performance.now()
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const answer: unknown = await response.json()
  return { answer, ms: performance.now() - askedAt }
}

/** Honest again, and asked again: its breaker has let a request through. */
async function atPeace(): Promise<void> {
  await subgraphs.behave(null)
  await eventually(async () => expect((await ask(everything)).answer).toEqual(whole), { timeoutMs: 15_000 })
  resetMost(gateway.pid)
}
beforeEach(atPeace)

/** What clients are told while the third subgraph misbehaves, and meanwhile those who want nothing of it. */
async function askWhile(how: Misbehaviour) {
  await subgraphs.behave(how)
  const over = new AbortController()
  const bystander = async () => {
    const asked = []
    do asked.push(await ask(elsewhere))
    while (!over.signal.aborted)
    return asked
  }
  const [told, others] = await Promise.all([
    Promise.all(Array.from({ length: clients }, () => ask(everything))).finally(() => over.abort()),
    bystander(),
  ])
  const slowest = (asked: { ms: number }[]) => Math.max(...asked.map(({ ms }) => ms))
  expect(others.map(({ answer }) => answer)).toEqual(others.map(() => answerWith(() => ({}))))
  expect(slowest(others)).toBeLessThan(marginMs)
  expect(memoryOf(gateway.pid).most).toBeLessThan(mostMB)
  return { answers: told.map(({ answer }) => answer), slowestMs: slowest(told) }
}
const each = (answer: object) => Array.from({ length: clients }, () => answer)

describe('a subgraph that never answers', () => {
  test.each(Object.keys(hung) as Misbehaviour[])('%s', async (how) => {
    const { answers, slowestMs } = await askWhile(how)
    expect(answers).toEqual(each(late))
    expect(slowestMs).toBeGreaterThanOrEqual(subgraphDeadlineMs)
    expect(slowestMs).toBeLessThan(subgraphDeadlineMs + marginMs)
    // The fifth in a row; after that nobody waits.
    expect((await ask(everything)).answer).toEqual(late)
    const { answer, ms } = await ask(everything)
    expect(answer).toEqual(unavailable)
    expect(ms).toBeLessThan(marginMs)
  })
})

describe('a subgraph that is slow', () => {
  test('and just in time is waited for', async () => {
    const { answers, slowestMs } = await askWhile('answers after 700 ms')
    expect(answers).toEqual(each(whole))
    expect(slowestMs).toBeGreaterThanOrEqual(700)
  })

  test('and just too late is not', async () => {
    const { answers, slowestMs } = await askWhile('answers after 1,100 ms')
    expect(answers).toEqual(each(late))
    expect(slowestMs).toBeLessThan(subgraphDeadlineMs + marginMs)
  })
})

describe('a subgraph that is broken', () => {
  test.each(Object.keys(broken) as Misbehaviour[])('%s', async (how) => {
    const { answers, slowestMs } = await askWhile(how)
    expect(answers).toEqual(each(unavailable))
    expect(slowestMs).toBeLessThan(marginMs)
  })

  test('and killed while it answers, is back when it is', async () => {
    const { answers } = await askWhile('dies within its answer')
    expect(answers).toEqual(each(unavailable))
    await subgraphs.restart()
    expect((await ask(everything)).answer).toEqual(whole)
  })
})

describe('a subgraph that lies', () => {
  test.each(Object.keys(lying) as Misbehaviour[])('by %s', async (how) => {
    const { answers, slowestMs } = await askWhile(how)
    expect(answers).toEqual(each(malformed))
    expect(slowestMs).toBeLessThan(subgraphDeadlineMs + marginMs)
  })

  test('by names that every object inherits is taken at its word for those that were asked for', async () => {
    const { answers } = await askWhile('prototypes')
    expect(answers).toEqual(each(whole))
  })

  test('by fields that nobody asked it for tells them to nobody', async () => {
    const { answers } = await askWhile('fields that were not asked for')
    expect(answers).toEqual(each(whole))
  })

  test('by bytes that are no UTF-8 has them replaced', async () => {
    const { answers } = await askWhile('bytes that are no UTF-8')
    expect(answers).toEqual(each(answerWith((id) => ({ ...inStock(id), label: `label\ufffd${id}` }))))
  })
})

/** By field: values of another type than it has, where the fault is within it, and what it then is. */
const wrong: [string, readonly unknown[], (readonly (string | number)[])?, unknown?][] = [
  ['count', ['7', 1.5, 1e300, true, [1], {}]],
  ['weight', ['1.5', true, [1], {}]],
  ['isSold', ['false', 0, [], {}]],
  ['label', [1, true, ['a'], { text: 'a' }]],
  ['code', [1.5, true, ['1'], {}]],
  ['state', ['GONE', 'in', 1, ['IN'], '__proto__', 'constructor']],
  ['states', ['IN', { 0: 'IN', length: 1 }]],
  ['states', [[['IN']], ['GONE'], [null]], [0]],
  ['size', ['large', 1, [], [{ width: 1 }]]],
  [
    'size',
    [
      { width: null, height: 1 },
      { width: 'x', height: 1 },
    ],
    ['width'],
  ],
  ['size', [{ width: 1, height: 'x' }], ['height'], { width: 1, height: null }],
  ['holder', ['Shelf', [{ __typename: 'Shelf' }]]],
  ...['Item', 'Query', 'State', 'Nothing', 7, ['Shelf'], { a: 1 }, '__proto__'].map(
    (__typename): [string, unknown[]] => ['holder', [{ __typename, name: { a: 1 }, row: 7 }]],
  ),
]

test.each(
  wrong.flatMap(([field, values, within = [], left = null]) =>
    values.map((value): [string, unknown, readonly (string | number)[], unknown] => [field, value, within, left]),
  ),
)('%s: %j is null, with an error at its place, and all else is whole', async (field, value, within, left) => {
  await subgraphs.behave({ fields: { [field]: value } })
  expect((await ask(everything)).answer).toEqual({
    ...answerWith((id) => ({ ...inStock(id), [field]: left })),
    errors: ids.map((_, index) => ({
      message: 'A service answered something that does not fit the schema.',
      path: ['items', index, field, ...within],
      extensions: { code: 'SUBGRAPH_MALFORMED_RESPONSE' },
    })),
  })
})
