import { documentIdOf } from '@cartograph/persisted-operations'
import { createLogger } from '@cartograph/service-runtime/process'
import { emptyDatabase, eventually, type FreshDatabase } from '@cartograph/test-kit'
import { Pool } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redisAnswers, redisUrl } from '../../answers/redis.test-kit.ts'
import { gatewayUnderTest, ShopUnderTest, supergraphOf } from '../../gateway.test-kit.ts'
import { OperationGate } from '../../persisted-operations/operation-gate.ts'
import { OperationStore } from '@cartograph/persisted-operations'
import { RefusableTexts } from '../../persisted-operations/refusable-texts.ts'
import { partnersSecret, type PartnersUnderTest, partnersUnderTest } from '../partners-service.test-kit.ts'
import { openPartners } from '../partners.ts'
import { earlyInMinute } from './early-in-minute.test-kit.ts'
import { openLedger } from './open-ledger.ts'

const supergraphSdl = supergraphOf('type Query { stock: Int @cost(weight: 7) }')
const body = 'query Stock { stock }'
const [costEach, budget, connections] = [7, 20_000, 64]

const isRedisThere = await redisAnswers()
const logger = createLogger('gateway', 'silent')
let database: FreshDatabase
let service: PartnersUnderTest
beforeAll(async () => {
  database = await emptyDatabase('budgets')
  service = await partnersUnderTest()
})
afterAll(async () => {
  await service.stop()
  await database.drop()
})

/** A gateway on a port of its own. */
async function gatewayOver(ledgerUrl: string) {
  const shop = new ShopUnderTest(() => ({ data: { stock: 1 } }))
  const ledger = await openLedger(ledgerUrl, logger)
  const refusableTexts = new RefusableTexts(logger)
  const mode = 'optional'
  const partners = openPartners({
    url: service.url,
    signingSecret: partnersSecret,
    ledger,
    mode,
    refusableTexts,
    logger,
  })
  const gate = new OperationGate({ mode, operations: new OperationStore(), refusableTexts })
  const { server, stop } = await gatewayUnderTest({ supergraphSdl, shop, gate, partners })
  const pool = new Pool(await server.listen({ host: '127.0.0.1', port: 0 }), { connections: connections / 2 })
  return {
    shop,
    ledger,
    async ask(key: string) {
      const answer = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ documentId: documentIdOf(body) }),
      })
      return { status: answer.statusCode, headers: answer.headers, content: await answer.body.json() }
    },
    async stop() {
      await pool.close()
      await stop()
      await partners.close(0)
    },
  }
}

const ledgers: [string, () => string][] = [
  ['PostgreSQL', () => database.connectionString],
  ...(isRedisThere ? ([['Redis', () => redisUrl]] as [string, () => string][]) : []),
]

describe.each(ledgers)('two gateways over one %s', (_, urlOf) => {
  test('under 64 connections never let a partner spend more than its budget, and nearly all of it before they refuse', async () => {
    const acme = service.add({ pointsPerMinute: budget })
    service.publish(acme.partnerId, { documents: [body] })
    const gateways = await Promise.all([gatewayOver(urlOf()), gatewayOver(urlOf())])
    for (const gateway of gateways)
      await eventually(async () => expect((await gateway.ask(`${acme.key}x`)).status).toBe(401))
    await earlyInMinute(gateways[0].ledger)
    const spent = () => costEach * gateways.reduce((sum, { shop }) => sum + shop.asked, 0)
    let spentBeforeRefusal: number | null = null
    let refused = 0
    const work = async (worker: number) => {
      const gateway = gateways[worker % 2]!
      // Each goes on for a while after the first refusal.
      for (let refusals = 0; refusals < 20;) {
        const { status, headers, content } = await gateway.ask(acme.key)
        if (status === 200) continue
        spentBeforeRefusal ??= spent()
        refusals += 1
        refused += 1
        expect([status, content]).toEqual([
          429,
          { errors: [expect.objectContaining({ extensions: { code: 'PARTNER_BUDGET_SPENT' } })] },
        ])
        expect(headers).toMatchObject({
          'retry-after': expect.stringMatching(/^\d{1,2}$/),
          'cache-control': 'no-store',
          'ratelimit-policy': `"points";q=${budget};w=60`,
        })
      }
    }
    await Promise.all(Array.from({ length: connections }, (__, worker) => work(worker)))
    expect(refused).toBe(connections * 20)
    expect(spent()).toBeLessThanOrEqual(budget)
    expect(spentBeforeRefusal).toBeGreaterThanOrEqual(0.95 * budget)
    await Promise.all(gateways.map((gateway) => gateway.stop()))
  }, 60_000)
})
