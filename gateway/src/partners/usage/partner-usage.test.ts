import { randomUUID } from 'node:crypto'
import { mostUsageOfOneCommand } from '@cartograph/contracts'
import { documentIdOf, OperationStore } from '@cartograph/persisted-operations'
import { type Peer, peer } from '@cartograph/service-runtime/process'
import { eventually } from '@cartograph/test-kit'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type GatewayUnderTest, gatewayUnderTest, ShopUnderTest, supergraphOf } from '../../gateway.test-kit.ts'
import { OperationGate } from '../../persisted-operations/operation-gate.ts'
import { RefusableTexts } from '../../persisted-operations/refusable-texts.ts'
import { MemoryLedger } from '../budget/memory-ledger.ts'
import { partnersSecret, type PartnersUnderTest, partnersUnderTest } from '../partners-service.test-kit.ts'
import { openPartners, type Partners } from '../partners.ts'
import { PartnerUsage, type PartnerUsageOptions } from './partner-usage.ts'

const now = Date.UTC(2026, 5, 15, 23, 59, 59, 999)
const partnerId = randomUUID()

let service: PartnersUnderTest
let partners: Peer
let logged: Record<string, unknown>[]
const logger = pino({ level: 'warn' }, { write: (line) => void logged.push(JSON.parse(line)) })
beforeEach(async () => {
  logged = []
  service = await partnersUnderTest()
  partners = peer({ caller: 'gateway', name: 'partners', url: service.url, secret: partnersSecret })
})
afterEach(async () => {
  await partners.close()
  await service.stop()
})

/** Sends when it is told to. */
const usageOf = (options: Partial<PartnerUsageOptions> = {}) =>
  new PartnerUsage({ partners, logger, now: () => now, sendEveryMs: 3_600_000, ...options })
const call = (operationId: string, points = 1, hasErrors = false) => ({ partnerId, operationId, points, hasErrors })
const row = (operationId: string, calls: number, errors: number, points: number, day = '2026-06-15') => ({
  partnerId,
  operationId,
  day,
  calls,
  errors,
  points,
})

test('calls are added up by operation and day, and a key was shown when it was last', async () => {
  let at = now
  const usage = usageOf({ now: () => at })
  const keyId = randomUUID()
  usage.add(call('a', 3))
  usage.keyShown(keyId)
  usage.add(call('a', 4, true))
  usage.add(call('b', 0, true))
  at += 1
  usage.add(call('a', 5))
  usage.keyShown(keyId)
  await usage.send()
  expect(service.commands).toEqual([
    {
      key: expect.any(String),
      usage: [row('a', 2, 1, 7), row('b', 1, 1, 0), row('a', 1, 0, 5, '2026-06-16')],
      keys: [{ keyId, lastUsedAt: '2026-06-16T00:00:00.000Z' }],
    },
  ])
  await usage.send()
  expect(service.commands).toHaveLength(1)
  await usage.close(0)
  expect(logged).toEqual([])
})

test('it is sent by itself every few seconds', async () => {
  const usage = usageOf({ sendEveryMs: 20 })
  usage.add(call('a'))
  await eventually(() => expect(service.commands.map(({ usage: [first] }) => first)).toEqual([row('a', 1, 0, 1)]))
  await usage.close(0)
})

test('a batch that is not answered is sent again as it was, and what comes meanwhile after it', async () => {
  const usage = usageOf()
  usage.add(call('a'))
  service.losesAnswers = true
  await usage.send()
  usage.add(call('a', 2))
  await usage.send()
  service.losesAnswers = false
  await usage.send()
  // The double has each key once, as the inbox of partners does.
  expect(service.commands.map((command) => command.usage)).toEqual([[row('a', 1, 0, 1)], [row('a', 1, 0, 2)]])
  expect(logged.map(({ msg }) => msg)).toEqual(['partners does not take usage; it is kept, and sent again'])
  await usage.close(0)
})

test('a command names as many operations as it may, and the rest goes with the next', async () => {
  const usage = usageOf()
  for (let each = 0; each < mostUsageOfOneCommand + 1; each += 1) usage.add(call(`operation ${each}`))
  await usage.send()
  expect(service.commands.map((command) => command.usage.length)).toEqual([mostUsageOfOneCommand, 1])
  await usage.close(0)
})

test('memory is bounded: what is too much is logged whole', async () => {
  const usage = usageOf({ mostRows: 2 })
  for (const id of ['a', 'b', 'c', 'a', 'c']) usage.add(call(id))
  const lost = [50, [row('c', 1, 0, 1)]]
  expect(logged.map(({ level, usage: rows }) => [level, rows])).toEqual([lost, lost])
  await usage.send()
  expect(service.commands[0]!.usage).toEqual([row('a', 2, 0, 2), row('b', 1, 0, 1)])
  usage.add(call('c'))
  await usage.close(1_000)
  expect(service.commands[1]!.usage).toEqual([row('c', 1, 0, 1)])
})

describe('at the end', () => {
  test('all is sent, also what a service that is away takes within the time', async () => {
    const usage = usageOf()
    service.isUp = false
    usage.add(call('a'))
    await usage.send()
    usage.add(call('b'))
    const closed = usage.close(10_000)
    service.isUp = true
    await closed
    expect(service.commands.flatMap((command) => command.usage)).toEqual([row('a', 1, 0, 1), row('b', 1, 0, 1)])
    expect(logged.filter(({ level }) => level === 50)).toEqual([])
  })

  test('what could not be sent is logged whole, and takes no longer than it may', async () => {
    const usage = usageOf()
    service.isUp = false
    usage.add(call('a', 3, true))
    await usage.send()
    usage.add(call('b'))
    const keyId = randomUUID()
    usage.keyShown(keyId)
    const startedAt = performance.now()
    await usage.close(300)
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    const lost = logged.filter(({ level }) => level === 50)
    expect(lost.map(({ msg, usage: rows, keys }) => [msg, rows, keys])).toEqual([
      ['usage that partners may not have taken before the end', [row('a', 1, 1, 3)], []],
      [
        'usage that could not be sent before the end',
        [row('b', 1, 0, 1)],
        [{ keyId, lastUsedAt: new Date(now).toISOString() }],
      ],
    ])
    expect(service.commands).toEqual([])
  })
})

describe('of a gateway', () => {
  const supergraphSdl = supergraphOf(`
    type Query { price(of: Int): Int @cost(weight: 3) @cacheControl(maxAge: 60) fails: Int }
    type Mutation { buy: Int }
  `)
  const [price, fails, buy] = [
    'query Price($of: Int) { price(of: $of) }',
    'query Fails { fails }',
    'mutation Buy { buy }',
  ]
  let gateway: GatewayUnderTest
  let opened: Partners
  let acme: ReturnType<PartnersUnderTest['add']>
  beforeEach(async () => {
    acme = service.add({ pointsPerMinute: 1_000 })
    service.publish(acme.partnerId, { documents: [price, fails, buy] })
    const shop = new ShopUnderTest(({ body }) =>
      body.includes('fails')
        ? { data: null, errors: [{ message: 'Down.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] }
        : { data: { price: 1, buy: 1 } },
    )
    const refusableTexts = new RefusableTexts(logger)
    opened = openPartners({
      url: service.url,
      signingSecret: partnersSecret,
      // Early in its minute: budgets go by the time that passes.
      ledger: new MemoryLedger(() => Date.UTC(2026, 5, 15)),
      mode: 'optional',
      refusableTexts,
      logger,
      now: () => now,
    })
    const gate = new OperationGate({ mode: 'optional', operations: new OperationStore(), refusableTexts })
    gateway = await gatewayUnderTest({ supergraphSdl, shop, gate, partners: opened, logger, mostOperationCost: 100 })
    await eventually(async () => {
      if ((await ask('query Unknown { price }')).statusCode !== 404) throw new Error('the key is not known yet')
    })
  })
  afterEach(() => gateway.stop())

  const ask = (body: string, variables: object = {}) =>
    gateway.server.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${acme.key}` },
      payload: { documentId: documentIdOf(body), variables },
    })

  test('the sums are exact under requests side by side; what the gate refuses is in none of them', async () => {
    const asked = Array.from({ length: 50 }, (_, each) => [
      ask(price, { of: each % 3 }),
      ask(fails),
      ask(buy),
      ask('query Unknown { price }'),
    ])
    await Promise.all(asked.flat())
    await opened.close(1_000)
    const sums = new Map<string, number[]>()
    for (const { operationId, calls, errors, points } of service.commands.flatMap(({ usage }) => usage)) {
      const [known = [0, 0, 0], added] = [sums.get(operationId), [calls, errors, points]]
      sums.set(
        operationId,
        added.map((each, index) => each + known[index]!),
      )
    }
    // What is answered from memory costs the same, and so does what fails; a mutation is 10 more than its fields.
    expect(Object.fromEntries(sums)).toEqual({
      [documentIdOf(price)]: [50, 0, 150],
      [documentIdOf(fails)]: [50, 50, 50],
      [documentIdOf(buy)]: [50, 0, 500],
    })
    expect(service.commands[0]!.keys).toEqual([{ keyId: acme.keyId, lastUsedAt: new Date(now).toISOString() }])
  })

  test('what the budget refuses is a call with an error that cost nothing', async () => {
    for (let each = 0; each < 100; each += 1) expect((await ask(buy)).statusCode).toBe(200)
    const refused = await ask(buy)
    expect([refused.statusCode, refused.headers['retry-after'], refused.headers['ratelimit']]).toEqual([
      429,
      expect.stringMatching(/^(5\d|60)$/),
      expect.stringMatching(/^"points";r=0;t=(5\d|60)$/),
    ])
    await opened.close(1_000)
    expect(service.commands.at(-1)!.usage).toMatchObject([{ calls: 101, errors: 1, points: 1_000 }])
  })
})
