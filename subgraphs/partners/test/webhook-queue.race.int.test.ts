import { randomUUID } from 'node:crypto'
import { eventually, numbered } from '@cartograph/test-kit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { deliverWebhook } from '../src/webhook/deliver-webhook.ts'
import { replayDelivery } from '../src/webhook/replay-delivery.ts'
import { updateEndpoint } from '../src/webhook/update-endpoint.ts'
import { answering, type ReceiverUnderTest, startReceiver } from './receiver-under-test.ts'
import { staff, type WebhooksUnderTest, webhooksUnderTest } from './webhooks-under-test.ts'

let webhooks: WebhooksUnderTest
let receiver: ReceiverUnderTest

beforeAll(async () => {
  webhooks = await webhooksUnderTest()
  webhooks.start()
})
afterAll(() => webhooks.stop())
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(() => receiver.stop())

const endpointAt = async ({ url }: ReceiverUnderTest) => {
  const { endpoint } = await webhooks.endpoint(await webhooks.partner(), url, ['PRICE_CHANGED'])
  return endpoint.id
}
const disable = (endpointId: string) => updateEndpoint(webhooks.services, staff, endpointId, { isEnabled: false })
/** A delivery whose try is a test's to make. */
const withoutJob = async (endpointId: string) => {
  await webhooks.sql(
    `insert into webhook_delivery (endpoint_id, message_id, event_type, payload, created_at, tried_since, next_attempt_at)
     values ($1, 'msg_1', 'PRICE_CHANGED', '{}', now(), now(), now())`,
    [endpointId],
  )
  return (await webhooks.deliveries(endpointId))[0]
}
const statuses = async (endpointId: string) => (await webhooks.deliveries(endpointId)).map(({ status }) => status)

test('an event is sent at once, and again by itself when it was not taken', async () => {
  const endpointId = await endpointAt(receiver)
  receiver.behave = answering(500)
  await webhooks.happens()
  await eventually(async () => expect(await webhooks.log(endpointId)).toEqual(['answered 500']), { timeoutMs: 900 })
  receiver.behave = answering(204)
  await eventually(async () => expect(await statuses(endpointId)).toEqual(['DELIVERED']), { timeoutMs: 10_000 })
  expect(await webhooks.log(endpointId)).toEqual(['answered 500', '204'])
  const [first, second] = receiver.received.map(({ headers }) => headers)
  expect(second!['webhook-id']).toBe(first!['webhook-id'])
  const waited = Number(second!['webhook-timestamp']) - Number(first!['webhook-timestamp'])
  expect(waited).toBeGreaterThanOrEqual(5)
  await disable(endpointId)
}, 15_000)

test('an endpoint that hangs holds four places, and up nobody else', async () => {
  const hanging = await startReceiver()
  const open = { now: 0, most: 0 }
  hanging.behave = (response) => {
    open.most = Math.max(open.most, ++open.now)
    response.on('close', () => void (open.now -= 1))
  }
  try {
    const [slow, fast] = [await endpointAt(hanging), await endpointAt(receiver)]
    for (let count = 0; count < 20; count++) await webhooks.happens()
    await eventually(async () => expect(await statuses(fast)).toEqual(numbered(20, () => 'DELIVERED')))
    expect(await statuses(slow)).toEqual(numbered(20, () => 'PENDING'))
    expect(open.most).toBe(4)
    await Promise.all([disable(slow), disable(fast)])
  } finally {
    await hanging.stop()
  }
})

test('an event that is told twice, also at once, is one delivery to each endpoint', async () => {
  const endpointIds = [await endpointAt(receiver), await endpointAt(receiver), await endpointAt(receiver)]
  const id = randomUUID()
  await Promise.all(numbered(4, () => webhooks.happens('PRICE_CHANGED', {}, id)))
  await webhooks.happens('PRICE_CHANGED', {}, id)
  for (const endpointId of endpointIds)
    await eventually(async () => expect(await statuses(endpointId)).toEqual(['DELIVERED']))
  expect(receiver.received).toHaveLength(3)
  await Promise.all(endpointIds.map(disable))
})

test('of processes that make the same try each may send it, and one plans the next', async () => {
  const endpointId = await endpointAt(receiver)
  receiver.behave = answering(500)
  const made = await withoutJob(endpointId)
  const job = { deliveryId: made!.id, attempt: 0 }
  await Promise.all(numbered(3, () => deliverWebhook(webhooks.services, job)))
  const [after] = await webhooks.deliveries(endpointId)
  expect(after).toMatchObject({ status: 'PENDING', attempt_count: 1 })
  expect((await webhooks.planned(made!.id)).map(({ attempt }) => attempt)).toEqual([1])
  expect(await webhooks.log(endpointId)).toHaveLength(receiver.received.length)
  await disable(endpointId)
})

test('two who send a delivery again at once have it be sent once', async () => {
  const endpointId = await endpointAt(receiver)
  await webhooks.happens()
  await eventually(async () => expect(await statuses(endpointId)).toEqual(['DELIVERED']))
  const [made] = await webhooks.deliveries(endpointId)
  await Promise.all(numbered(5, () => replayDelivery(webhooks.services, staff, made!.id)))
  await eventually(async () => expect((await webhooks.log(endpointId)).length).toBeGreaterThan(1))
  await eventually(async () => expect(await statuses(endpointId)).toEqual(['DELIVERED']))
  const replayed = (await webhooks.recorded((await partnerOf(endpointId))!)).filter(
    (kind) => kind === 'WEBHOOK_DELIVERY_REPLAYED',
  )
  // Whoever comes after it was sent has it be sent once more.
  expect(await webhooks.log(endpointId)).toHaveLength(1 + replayed.length)
  await disable(endpointId)
})

const partnerOf = async (endpointId: string) =>
  (await webhooks.sql<{ partner_id: string }>('select partner_id from webhook_endpoint where id = $1', [endpointId]))[0]
    ?.partner_id

test('an endpoint that is disabled and enabled while it is sent to forgets no delivery', async () => {
  const endpointId = await endpointAt(receiver)
  const switching = (async () => {
    for (let count = 0; count < 20; count++)
      await updateEndpoint(webhooks.services, staff, endpointId, { isEnabled: count % 2 === 1 })
  })()
  let made = 0
  for (let count = 0; count < 30; count++) {
    await webhooks.happens()
    made = (await webhooks.deliveries(endpointId)).length
  }
  await switching
  await eventually(async () => expect(await statuses(endpointId)).toEqual(numbered(made, () => 'DELIVERED')))
  expect(receiver.received).toHaveLength(made)
  await disable(endpointId)
})

test('the job of a process that died is taken over', async () => {
  const endpointId = await endpointAt(receiver)
  // Begun by somebody of whom nothing is heard: as a killed process leaves it, when its time is over.
  const made = await withoutJob(endpointId)
  await webhooks.sql(
    `insert into pgboss.job (name, data, state, started_on, expire_seconds, group_id, retry_limit, retry_delay, dead_letter, policy)
     select 'webhooks', $1, 'active', now() - interval '21 seconds', expire_seconds, $2, retry_limit, 1, dead_letter, policy
     from pgboss.queue where name = 'webhooks'`,
    [JSON.stringify({ deliveryId: made!.id, attempt: 0 }), endpointId],
  )
  await eventually(async () => expect(await statuses(endpointId)).toEqual(['DELIVERED']), { timeoutMs: 10_000 })
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(['msg_1'])
  await disable(endpointId)
}, 15_000)
