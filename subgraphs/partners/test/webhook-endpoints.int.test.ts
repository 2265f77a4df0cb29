import { randomBytes, randomUUID } from 'node:crypto'
import { numbered } from '@cartograph/test-kit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createEndpoint } from '../src/webhook/create-endpoint.ts'
import { deleteEndpoint } from '../src/webhook/delete-endpoint.ts'
import { deliverWebhook } from '../src/webhook/deliver-webhook.ts'
import { removeOldDeliveries } from '../src/webhook/remove-old-deliveries.ts'
import { resealSecrets } from '../src/webhook/reseal-secrets.ts'
import { rotateSecret } from '../src/webhook/rotate-secret.ts'
import { SecretBox, UnreadableSecretError } from '../src/webhook/secret-box.ts'
import { updateEndpoint } from '../src/webhook/update-endpoint.ts'
import type { WebhookEventType } from '../src/webhook/webhook-event.ts'
import { type ReceiverUnderTest, startReceiver } from './receiver-under-test.ts'
import { signedWith, staff, type WebhooksUnderTest, webhooksUnderTest } from './webhooks-under-test.ts'

let webhooks: WebhooksUnderTest
let receiver: ReceiverUnderTest

beforeAll(async () => {
  webhooks = await webhooksUnderTest()
})
afterAll(() => webhooks.stop())
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  webhooks.setClock(null)
  await receiver.stop()
})

const stored = async () => ({
  endpoints: await webhooks.sql('select * from webhook_endpoint order by id'),
  secrets: await webhooks.sql('select * from webhook_secret order by id'),
  events: await webhooks.sql('select * from partner_event order by id'),
})
const refusals = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { userErrors: { code: string; path: string[] }[] }) =>
      error.userErrors.map(({ code, path }) => [code, path.join('.')]),
  )
const hourMs = 3_600_000

/** What an endpoint is sent now, and which of these secrets it is signed with. */
async function signatures(endpointId: string, ...secrets: readonly string[]) {
  await webhooks.happens()
  const made = (await webhooks.deliveries(endpointId)).at(-1)!
  expect((await webhooks.makeTry(made)).status).toBe('DELIVERED')
  return signedWith(receiver.received.at(-1)!, ...secrets)
}

test('an endpoint keeps its URL as it is sent to, and its events once; its secret is nowhere to be read', async () => {
  const partnerId = await webhooks.partner()
  const { endpoint, secret } = await webhooks.endpoint(partnerId, 'HTTP://LocalHost:80/a b', [
    'STOCK_LOW',
    'ORDER_PLACED',
    'STOCK_LOW',
  ])
  expect(endpoint).toEqual({
    id: expect.any(String),
    partnerId,
    url: 'http://localhost/a%20b',
    eventTypes: ['ORDER_PLACED', 'STOCK_LOW'],
    isEnabled: true,
    createdAt: expect.any(Date),
    lastDeliveryAt: null,
    failingSince: null,
  })
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  expect(key).toHaveLength(32)
  const [row] = await webhooks.sql<{ secret: Buffer }>('select secret from webhook_secret where endpoint_id = $1', [
    endpoint.id,
  ])
  expect(row!.secret.includes(key)).toBe(false)
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED'])
})

test('what may not be is refused, and nothing is kept', async () => {
  const partnerId = await webhooks.partner()
  const before = await stored()
  const production = { ...webhooks.services, allowsPrivateNetworks: false }
  const create = (url: string, eventTypes: readonly WebhookEventType[] = ['STOCK_LOW'], of = partnerId) =>
    refusals(createEndpoint(production, staff, { partnerId: of, url, eventTypes }))
  for (const url of [
    'http://partner.example/',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://u@partner.example/',
  ])
    expect(await create(url)).toEqual([['INVALID_INPUT', 'url']])
  expect(await create('', [])).toEqual([
    ['INVALID_INPUT', 'url'],
    ['INVALID_INPUT', 'eventTypes'],
  ])
  expect(await create('https://partner.example/', ['STOCK_LOW'], randomUUID())).toEqual([['NOT_FOUND', 'partnerId']])
  expect(await stored()).toEqual(before)
})

test('an eleventh endpoint is refused, also when many are added at once', async () => {
  const partnerId = await webhooks.partner()
  const outcomes = await Promise.all(numbered(14, () => refusals(webhooks.endpoint(partnerId, receiver.url))))
  expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(10)
  expect(outcomes.filter((outcome) => outcome !== null)).toEqual(
    numbered(4, () => [['ENDPOINT_LIMIT_REACHED', 'partnerId']]),
  )
  expect(await webhooks.recorded(partnerId)).toEqual(numbered(10, () => 'WEBHOOK_ENDPOINT_CREATED'))
})

test('a change is kept and recorded; what changes nothing writes nothing, and what may not be is refused', async () => {
  const partnerId = await webhooks.partner()
  const { endpoint } = await webhooks.endpoint(partnerId, receiver.url, ['STOCK_LOW'])
  const update = (changes: object, services = webhooks.services, id = endpoint.id) =>
    updateEndpoint(services, staff, id, changes)
  const before = await stored()
  expect(await update({ url: receiver.url, eventTypes: ['STOCK_LOW', 'STOCK_LOW'], isEnabled: true })).toEqual(endpoint)
  expect(await update({})).toEqual(endpoint)
  const production = { ...webhooks.services, allowsPrivateNetworks: false }
  expect(await refusals(update({ url: receiver.url, eventTypes: [] }, production))).toEqual([
    ['INVALID_INPUT', 'input.url'],
    ['INVALID_INPUT', 'input.eventTypes'],
  ])
  expect(await refusals(update({}, webhooks.services, randomUUID()))).toEqual([['NOT_FOUND', 'endpointId']])
  expect(await stored()).toEqual(before)
  const changed = { url: 'http://localhost/other', eventTypes: ['PRICE_CHANGED'], isEnabled: false }
  expect(await update(changed)).toEqual({ ...endpoint, ...changed })
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED', 'WEBHOOK_ENDPOINT_UPDATED'])
})

test('an endpoint is removed with all that belongs to it, once', async () => {
  const partnerId = await webhooks.partner()
  const { endpoint } = await webhooks.endpoint(partnerId, receiver.url)
  await webhooks.happens()
  const [made] = await webhooks.deliveries(endpoint.id)
  expect(await deleteEndpoint(webhooks.services, staff, endpoint.id)).toBe(endpoint.id)
  expect(await webhooks.deliveries(endpoint.id)).toEqual([])
  expect(await webhooks.sql('select * from webhook_secret where endpoint_id = $1', [endpoint.id])).toEqual([])
  expect(await refusals(deleteEndpoint(webhooks.services, staff, endpoint.id))).toEqual([['NOT_FOUND', 'endpointId']])
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED', 'WEBHOOK_ENDPOINT_DELETED'])
  expect(await webhooks.planned(made!.id)).toHaveLength(1)
  expect(await webhooks.makeTry({ id: made!.id }).catch(() => null)).toBeNull()
  expect(receiver.connections).toBe(0)
})

test('the secret before signs for 24 hours more, and then the new one alone', async () => {
  const partnerId = await webhooks.partner()
  const { endpoint, secret: old } = await webhooks.endpoint(partnerId, receiver.url)
  expect(await signatures(endpoint.id, old)).toEqual([true])
  const { secret: young } = await rotateSecret(webhooks.services, staff, endpoint.id)
  const rotatedAt = webhooks.now().getTime()
  expect(await signatures(endpoint.id, old, young)).toEqual([true, true])
  webhooks.setClock(new Date(rotatedAt + 24 * hourMs - 5_000))
  expect(await signatures(endpoint.id, old, young)).toEqual([true, true])
  webhooks.setClock(new Date(rotatedAt + 24 * hourMs + 1))
  expect(await signatures(endpoint.id, old, young)).toEqual([false, true])
  expect(await removeOldDeliveries(webhooks.services.db, webhooks.now())).toBe(1)
  expect(await signatures(endpoint.id, old, young)).toEqual([false, true])
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED', 'WEBHOOK_SECRET_ROTATED'])
})

test('two secrets sign at most: of three the first has ended', async () => {
  const { endpoint, secret: first } = await webhooks.endpoint(await webhooks.partner(), receiver.url)
  const { secret: second } = await rotateSecret(webhooks.services, staff, endpoint.id)
  const { secret: third } = await rotateSecret(webhooks.services, staff, endpoint.id)
  expect(await signatures(endpoint.id, first, second, third)).toEqual([false, true, true])
  expect(String(receiver.received.at(-1)!.headers['webhook-signature']).split(' ')).toHaveLength(2)
  expect(await refusals(rotateSecret(webhooks.services, staff, randomUUID()))).toEqual([['NOT_FOUND', 'endpointId']])
})

test('of rotations at once each shows a secret, and the last two are kept', async () => {
  const { endpoint } = await webhooks.endpoint(await webhooks.partner(), receiver.url)
  const secrets = (await Promise.all(numbered(4, () => rotateSecret(webhooks.services, staff, endpoint.id)))).map(
    ({ secret }) => secret,
  )
  expect(new Set(secrets).size).toBe(4)
  expect((await signatures(endpoint.id, ...secrets)).filter(Boolean)).toHaveLength(2)
})

test('secrets are sealed anew with the newest key, and signed with as before', async () => {
  const { endpoint, secret } = await webhooks.endpoint(await webhooks.partner(), receiver.url)
  const [newer, sealed] = [randomBytes(32), await stored()]
  const withKeys = (...keys: Buffer[]) => ({ ...webhooks.services, secretBox: new SecretBox(keys) })
  await expect(resealSecrets(withKeys(newer))).rejects.toThrow(UnreadableSecretError)
  expect(await resealSecrets(webhooks.services)).toBe(0)
  expect(await stored()).toEqual(sealed)
  expect(await resealSecrets(withKeys(newer, webhooks.key))).toBe(sealed.secrets.length)
  expect(await resealSecrets(withKeys(newer))).toBe(0)
  await webhooks.happens()
  const [made] = await webhooks.deliveries(endpoint.id)
  const job = { deliveryId: made!.id, attempt: 0 }
  expect(await deliverWebhook(withKeys(newer), job)).toBe('done')
  expect(signedWith(receiver.received[0]!, secret)).toEqual([true])
  expect(await resealSecrets(withKeys(webhooks.key, newer))).toBe(sealed.secrets.length)
})

const all: WebhookEventType[] = ['ORDER_PLACED', 'ORDER_SHIPPED', 'PRICE_CHANGED', 'STOCK_LOW']
test.each<[string, string[], readonly WebhookEventType[], readonly WebhookEventType[]]>([
  ['of all scopes', ['inventory:read', 'orders:read'], all, all],
  ['of orders:read', ['orders:read'], all, ['ORDER_PLACED', 'ORDER_SHIPPED', 'PRICE_CHANGED']],
  ['of inventory:read', ['inventory:read'], all, ['PRICE_CHANGED', 'STOCK_LOW']],
  ['of other scopes', ['inventory:write', 'orders:fulfill', 'products:read'], all, ['PRICE_CHANGED']],
  ['of none', [], all, ['PRICE_CHANGED']],
  ['that asks for one', ['inventory:read', 'orders:read'], ['ORDER_SHIPPED'], ['ORDER_SHIPPED']],
])('a partner %s is told of what it may know and asks for', async (_, scopes, asked, told) => {
  const { endpoint } = await webhooks.endpoint(await webhooks.partner(scopes), receiver.url, asked)
  for (const type of all) await webhooks.happens(type)
  const made = await webhooks.sql<{ event_type: string }>(
    'select event_type from webhook_delivery where endpoint_id = $1 order by event_type',
    [endpoint.id],
  )
  expect(made.map(({ event_type }) => event_type)).toEqual(told)
})

test('what is disabled is told of nothing', async () => {
  const { endpoint } = await webhooks.endpoint(await webhooks.partner(), receiver.url)
  await updateEndpoint(webhooks.services, staff, endpoint.id, { isEnabled: false })
  await webhooks.happens()
  expect(await webhooks.deliveries(endpoint.id)).toEqual([])
})

test('an event is two statements for any number of endpoints, and one where there are none', async () => {
  await webhooks.sql('update webhook_endpoint set is_enabled = false')
  const statements = () => webhooks.statementsOf(() => webhooks.happens())
  expect(await statements()).toEqual(['begin', 'insert', 'commit'])
  await webhooks.endpoint(await webhooks.partner(), receiver.url)
  const one = await statements()
  expect(one).toEqual(['begin', 'insert', expect.stringMatching(/^(insert|with)$/), 'commit'])
  for (let count = 0; count < 29; count++) await webhooks.endpoint(await webhooks.partner(), receiver.url)
  expect(await statements()).toEqual(one)
  const [made] = await webhooks.sql(
    'select count(*)::int from webhook_delivery d join webhook_endpoint on endpoint_id = webhook_endpoint.id where is_enabled',
  )
  expect(made).toEqual({ count: 31 })
})
