import { randomUUID } from 'node:crypto'
import { numbered } from '@cartograph/test-kit'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { replayDelivery } from '../src/webhook/replay-delivery.ts'
import { removeOldDeliveries } from '../src/webhook/remove-old-deliveries.ts'
import { updateEndpoint } from '../src/webhook/update-endpoint.ts'
import { answering, type ReceiverUnderTest, startReceiver } from './receiver-under-test.ts'
import { type StoredDelivery, type WebhooksUnderTest, staff, webhooksUnderTest } from './webhooks-under-test.ts'

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

const hourMs = 3_600_000

/** An endpoint of a new partner with one delivery to it. */
async function delivery() {
  const partnerId = await webhooks.partner()
  const { endpoint, secret } = await webhooks.endpoint(partnerId, receiver.url, ['STOCK_LOW'])
  await webhooks.happens('STOCK_LOW', { available: 3 })
  const [made] = await webhooks.deliveries(endpoint.id)
  return { partnerId, endpoint, secret, made: made! }
}
const stateOf = async (endpointId: string) => {
  const [row] = await webhooks.sql<{ enabled: boolean; last: Date | null; failing: Date | null }>(
    `select is_enabled as enabled, last_delivery_at as last, failing_since as failing from webhook_endpoint where id = $1`,
    [endpointId],
  )
  return row!
}
const seconds = (from: Date, to: Date | null) => Math.round((to!.getTime() - from.getTime()) / 1_000)

test('what is taken is delivered, logged, and noted of its endpoint', async () => {
  const { endpoint, secret, made } = await delivery()
  expect(made).toMatchObject({
    status: 'PENDING',
    attempt_count: 0,
    message_id: expect.stringMatching(/^msg_[\da-f]{32}$/),
  })
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'DELIVERED', attempt_count: 1, next_attempt_at: null })
  const [received] = receiver.received
  expect(received!.headers['webhook-id']).toBe(made.message_id)
  expect(new Webhook(secret).verify(received!.body, received!.headers as Record<string, string>)).toEqual({
    type: 'stock.low',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    data: { available: 3 },
  })
  expect(await webhooks.log(endpoint.id)).toEqual(['204'])
  expect(await stateOf(endpoint.id)).toEqual({ enabled: true, last: expect.any(Date), failing: null })
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'DELIVERED', attempt_count: 1 })
  expect(receiver.received).toHaveLength(1)
})

test('what is not taken is tried for a day, with the same id and the same text, and is dead then', async () => {
  const { endpoint, made } = await delivery()
  receiver.behave = answering(500)
  const triedAt: number[] = []
  let now: StoredDelivery = made
  while (now.status === 'PENDING') {
    webhooks.setClock(now.next_attempt_at)
    triedAt.push(seconds(made.created_at, now.next_attempt_at))
    now = await webhooks.makeTry(made)
  }
  expect(now).toMatchObject({ status: 'DEAD', attempt_count: 8, next_attempt_at: null })
  for (const [index, least] of [0, 5, 305, 2_105, 9_305, 27_305, 63_305].entries()) {
    expect(triedAt[index]).toBeGreaterThanOrEqual(least)
    expect(triedAt[index]).toBeLessThanOrEqual(least * 1.1 + index)
  }
  expect(triedAt.slice(7)).toEqual([86_400])
  expect(await webhooks.log(endpoint.id)).toEqual(numbered(8, () => 'answered 500'))
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([made.message_id]))
  expect(new Set(receiver.received.map(({ body }) => body))).toEqual(new Set([made.payload]))
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(8)
  expect(await stateOf(endpoint.id)).toEqual({ enabled: true, last: null, failing: expect.any(Date) })
})

test('each try plans the next with it, and none after the last', async () => {
  const { made } = await delivery()
  receiver.behave = answering(503)
  expect(await webhooks.planned(made.id)).toEqual([{ seconds: 0, attempt: 0 }])
  await webhooks.makeTry(made)
  await webhooks.makeTry(made)
  const [, first, second] = await webhooks.planned(made.id)
  expect(first).toEqual({ attempt: 1, seconds: 6 })
  expect(second!.attempt).toBe(2)
  expect(second!.seconds).toBeGreaterThanOrEqual(300)
  expect(second!.seconds).toBeLessThanOrEqual(331)
  webhooks.setClock(new Date(made.created_at.getTime() + 24 * hourMs))
  expect((await webhooks.makeTry(made)).status).toBe('DEAD')
  expect(await webhooks.planned(made.id)).toHaveLength(3)
})

test('an endpoint fails since its first failure, until something is taken', async () => {
  const { endpoint, made } = await delivery()
  receiver.behave = answering(500)
  await webhooks.makeTry(made)
  const { failing } = await stateOf(endpoint.id)
  await webhooks.makeTry(made)
  expect(await stateOf(endpoint.id)).toEqual({ enabled: true, last: null, failing })
  receiver.behave = answering(200)
  expect((await webhooks.makeTry(made)).status).toBe('DELIVERED')
  expect(await stateOf(endpoint.id)).toEqual({ enabled: true, last: expect.any(Date), failing: null })
  expect(await webhooks.log(endpoint.id)).toEqual(['answered 500', 'answered 500', '200'])
})

test.each([
  ['60', 60, 60],
  ['100000', 300, 300],
  ['1', 5, 6],
])('a receiver that asks for %s seconds is left alone for %i to %i', async (wish, least, most) => {
  const { made } = await delivery()
  receiver.behave = answering(429, { 'retry-after': wish })
  const before = webhooks.now()
  const wait = seconds(before, (await webhooks.makeTry(made)).next_attempt_at)
  expect(wait).toBeGreaterThanOrEqual(least)
  expect(wait).toBeLessThanOrEqual(most + 1)
})

test('410 ends the delivery and disables the endpoint, which is recorded once', async () => {
  const { partnerId, endpoint, made } = await delivery()
  await webhooks.happens('STOCK_LOW')
  const [, other] = await webhooks.deliveries(endpoint.id)
  receiver.behave = answering(410)
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'DEAD', next_attempt_at: null })
  expect((await stateOf(endpoint.id)).enabled).toBe(false)
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED', 'WEBHOOK_ENDPOINT_UPDATED'])
  expect(await webhooks.makeTry(other!)).toMatchObject({ status: 'PENDING', attempt_count: 0, next_attempt_at: null })
  await webhooks.happens('STOCK_LOW')
  expect(await webhooks.deliveries(endpoint.id)).toHaveLength(2)
  expect(receiver.received).toHaveLength(1)
})

test('deliveries to a disabled endpoint wait without a try, and are tried when it is enabled', async () => {
  const { endpoint, made } = await delivery()
  await updateEndpoint(webhooks.services, staff, endpoint.id, { isEnabled: false })
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'PENDING', attempt_count: 0, next_attempt_at: null })
  expect(await webhooks.planned(made.id)).toEqual([
    { seconds: 0, attempt: 0 },
    { seconds: 86_400, attempt: 0 },
  ])
  expect([receiver.received.length, await webhooks.log(endpoint.id)]).toEqual([0, []])
  await updateEndpoint(webhooks.services, staff, endpoint.id, { isEnabled: true })
  const [planned] = await webhooks.deliveries(endpoint.id)
  expect(planned!.next_attempt_at).not.toBeNull()
  expect(await webhooks.planned(made.id)).toHaveLength(3)
  expect((await webhooks.makeTry(made)).status).toBe('DELIVERED')
})

test('those that have waited for a day are dead, without a try', async () => {
  const { endpoint, made } = await delivery()
  await updateEndpoint(webhooks.services, staff, endpoint.id, { isEnabled: false })
  await webhooks.makeTry(made)
  webhooks.setClock(new Date(made.created_at.getTime() + 24 * hourMs))
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'DEAD', attempt_count: 0, next_attempt_at: null })
  expect([receiver.received.length, await webhooks.log(endpoint.id)]).toEqual([0, []])
})

test('what a partner may not know of any more is not sent', async () => {
  const { partnerId, endpoint, made } = await delivery()
  await webhooks.sql(`update partner set scopes = '{orders:read}' where id = $1`, [partnerId])
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'DEAD', next_attempt_at: null })
  expect(receiver.connections).toBe(0)
  expect(await webhooks.log(endpoint.id)).toEqual(['the partner may not know of it any more'])
  expect(await stateOf(endpoint.id)).toEqual({ enabled: true, last: null, failing: null })
})

test('a dead delivery is sent again with its id, and for another day', async () => {
  const { partnerId, endpoint, made } = await delivery()
  receiver.behave = answering(500)
  webhooks.setClock(new Date(made.created_at.getTime() + 24 * hourMs))
  expect((await webhooks.makeTry(made)).status).toBe('DEAD')
  const again = await replayDelivery(webhooks.services, staff, made.id)
  expect(again).toMatchObject({ id: made.id, status: 'PENDING', messageId: made.message_id })
  const failed = await webhooks.makeTry(made)
  expect(failed.status).toBe('PENDING')
  expect(seconds(webhooks.now(), failed.next_attempt_at)).toBeLessThanOrEqual(6)
  receiver.behave = answering(200)
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'DELIVERED', attempt_count: 3 })
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([made.message_id]))
  expect(await webhooks.log(endpoint.id)).toEqual(['answered 500', 'answered 500', '200'])
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED', 'WEBHOOK_DELIVERY_REPLAYED'])
})

test('a delivered one is sent again too; one that is due already is not planned twice, nor recorded', async () => {
  const { partnerId, endpoint, made } = await delivery()
  await replayDelivery(webhooks.services, staff, made.id)
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED'])
  expect(await webhooks.planned(made.id)).toHaveLength(1)
  await webhooks.makeTry(made)
  await replayDelivery(webhooks.services, staff, made.id)
  await replayDelivery(webhooks.services, staff, made.id)
  expect(await webhooks.planned(made.id)).toHaveLength(2)
  expect((await webhooks.makeTry(made)).status).toBe('DELIVERED')
  expect(await webhooks.log(endpoint.id)).toEqual(['204', '204'])
  expect(await webhooks.recorded(partnerId)).toEqual(['WEBHOOK_ENDPOINT_CREATED', 'WEBHOOK_DELIVERY_REPLAYED'])
})

test('a delivery that does not exist is refused', async () => {
  await expect(replayDelivery(webhooks.services, staff, randomUUID())).rejects.toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', path: ['deliveryId'] }],
  })
})

test('a secret that cannot be read sends nothing, and counts as no try', async () => {
  const { endpoint, made } = await delivery()
  await webhooks.sql(
    `update webhook_secret set secret = set_byte(secret, 67, get_byte(secret, 67) # 1) where endpoint_id = $1`,
    [endpoint.id],
  )
  expect(await webhooks.makeTry(made)).toMatchObject({ status: 'PENDING', attempt_count: 0 })
  expect([receiver.connections, await webhooks.log(endpoint.id)]).toEqual([0, []])
})

test('what is older than 30 days is removed, but for what is still to be sent', async () => {
  const { endpoint, made } = await delivery()
  await webhooks.makeTry(made)
  await webhooks.happens('STOCK_LOW')
  const [, waiting] = await webhooks.deliveries(endpoint.id)
  const at = (days: number) => new Date(made.created_at.getTime() + days * 24 * hourMs)
  expect(await removeOldDeliveries(webhooks.services.db, at(29))).toBe(0)
  expect(await removeOldDeliveries(webhooks.services.db, at(31))).toBeGreaterThan(0)
  expect((await webhooks.deliveries(endpoint.id)).map(({ id }) => id)).toEqual([waiting!.id])
  expect(await webhooks.log(endpoint.id)).toEqual([])
})
