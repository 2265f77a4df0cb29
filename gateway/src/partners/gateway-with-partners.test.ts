import { randomUUID } from 'node:crypto'
import { partnerChanged } from '@cartograph/contracts'
import { documentIdOf } from '@cartograph/persisted-operations'
import { eventually } from '@cartograph/test-kit'
import { serviceClaims, signRequest } from '@cartograph/viewer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { start } from '../server.ts'
import { committedSupergraph, subgraphsOf } from '../supergraph/supergraph-source.ts'
import { partnersSecret, type PartnersUnderTest, partnersUnderTest } from './partners-service.test-kit.ts'

const [a, b] = ['query A { __typename }', 'query B { __typename }']
const secret = 'a secret of at least thirty-two characters'
/** No subgraph is there, and none is needed. */
const shop = Object.fromEntries(
  subgraphsOf(committedSupergraph()).map(({ name }) => [`${name.toUpperCase()}_SIGNING_SECRET`, secret]),
)

let service: PartnersUnderTest
let environment: Record<string, string>
beforeEach(async () => {
  service = await partnersUnderTest()
  environment = {
    ...shop,
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    GATEWAY_SIGNING_SECRETS: secret,
    BROWSER_SESSION_SECRETS: secret,
    PARTNERS_URL: service.url,
    PARTNERS_SIGNING_SECRET: partnersSecret,
  }
})
afterEach(() => service.stop())

const ask = (url: string, key: string, body: string) =>
  fetch(`${url}/graphql?documentId=${documentIdOf(body)}`, { headers: { authorization: `Bearer ${key}` } })

test('a gateway takes keys, hears of changes within a second, and tells what was used before it ends', async () => {
  const acme = service.add()
  service.publish(acme.partnerId, { documents: [a] })
  const gateway = await start(environment)
  await eventually(async () => expect((await ask(gateway.url, acme.key, a)).status).toBe(200))
  expect((await ask(gateway.url, acme.key, b)).status).toBe(404)
  service.publish(acme.partnerId, { documents: [b] })
  const event = {
    id: randomUUID(),
    name: partnerChanged.name,
    aggregateId: acme.partnerId,
    aggregateVersion: 3,
    occurredAt: '2026-06-15T12:00:00.000Z',
    payload: { partnerId: acme.partnerId },
  }
  const body = JSON.stringify({ events: [event] })
  const signature = signRequest(secret, { method: 'POST', path: '/events', body }, serviceClaims('partners', 'r'))
  const headers = { 'content-type': 'application/json', ...signature }
  const told = await fetch(`${gateway.url}/events`, { method: 'POST', headers, body })
  expect(await told.json()).toEqual({ outcomes: ['done'] })
  await eventually(async () => expect((await ask(gateway.url, acme.key, b)).status).toBe(200), { timeoutMs: 1_000 })
  service.isUp = false
  expect(await (await ask(gateway.url, acme.key, a)).json()).toEqual({ data: { __typename: 'Query' } })
  service.isUp = true
  await gateway.stop()
  const usage = service.commands.flatMap((command) => command.usage)
  expect(usage.map(({ operationId, errors }) => [operationId, errors])).toContainEqual([documentIdOf(b), 0])
  expect(service.commands.flatMap(({ keys }) => keys.map(({ keyId }) => keyId))).toContain(acme.keyId)
}, 30_000)

test('in production it does not start without saying where budgets are counted', async () => {
  const production = { ...environment, NODE_ENV: 'production' }
  await expect(start(production)).rejects.toThrow(/PARTNER_BUDGETS_URL: is missing.*each gateway would give/)
  await expect(start({ ...production, PARTNER_BUDGETS_URL: 'http://127.0.0.1' })).rejects.toThrow('PARTNER_BUDGETS_URL')
  const alone = await start({ ...production, PARTNER_BUDGETS_URL: 'memory:' })
  await alone.stop()
})
