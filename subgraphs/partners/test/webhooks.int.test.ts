import { randomBytes, randomUUID } from 'node:crypto'
import { orderPlaced, orderShipped, priceChanged, stockRunningLow } from '@cartograph/contracts'
import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import {
  entitiesQuery,
  errorCodes,
  eventually,
  guest,
  numbered,
  subgraphUnderTest,
  type SubgraphUnderTest,
  user,
  uuidOf,
} from '@cartograph/test-kit'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { start } from '../src/server.ts'
import { answering, type ReceiverUnderTest, startReceiver } from './receiver-under-test.ts'

let partners: SubgraphUnderTest
let receiver: ReceiverUnderTest

beforeAll(async () => {
  receiver = await startReceiver()
  partners = await subgraphUnderTest('partners', start, {
    WEBHOOK_ENCRYPTION_KEYS: randomBytes(32).toString('hex'),
    WEBHOOK_PRIVATE_NETWORKS: 'true',
  })
})
afterAll(async () => {
  await partners.stop()
  await receiver.stop()
})
beforeEach(() => {
  receiver.received.length = 0
  receiver.behave = answering(204)
})

const admin = user(randomUUID(), ['partners:read', 'partners:write'])

async function newPartner(scopes: readonly string[] = ['inventory:read', 'orders:read']): Promise<string> {
  const [row] = await partners.sql<{ id: string }>(
    `insert into partner (name, scopes, points_per_minute, created_at) values ($1, $2, 100, now()) returning id`,
    [randomUUID(), scopes],
  )
  return toGlobalId('Partner', row!.id)
}

interface Outcome {
  readonly endpoint: { readonly id: string; readonly isEnabled: boolean } | null
  readonly secret: string | null
  readonly delivery: { readonly status: string } | null
  readonly deletedEndpointId: string | null
  readonly userErrors: readonly { readonly code: string; readonly path: string[] }[]
}

async function mutate(mutation: string, variables: object): Promise<Outcome> {
  const { data, errors } = await partners.ask<Record<string, Outcome>>(admin, mutation, variables)
  expect(errors).toBeUndefined()
  return Object.values(data)[0]!
}

const create = `mutation ($partnerId: ID!, $url: String!, $eventTypes: [WebhookEventType!]!) {
  webhookEndpointCreate(partnerId: $partnerId, url: $url, eventTypes: $eventTypes) {
    endpoint { id url eventTypes isEnabled createdAt lastDeliveryAt failingSince } secret userErrors { code path } } }`
const update = `mutation ($endpointId: ID!, $input: WebhookEndpointUpdateInput!) {
  webhookEndpointUpdate(endpointId: $endpointId, input: $input) { endpoint { id url eventTypes isEnabled } userErrors { code path } } }`
const remove = `mutation ($endpointId: ID!) {
  webhookEndpointDelete(endpointId: $endpointId) { deletedEndpointId userErrors { code path } } }`
const rotate = `mutation ($endpointId: ID!) {
  webhookSecretRotate(endpointId: $endpointId) { endpoint { id } secret userErrors { code path } } }`
const replay = `mutation ($deliveryId: ID!) {
  webhookDeliveryReplay(deliveryId: $deliveryId) { delivery { id status messageId } userErrors { code path } } }`

const allTypes = ['ORDER_PLACED', 'ORDER_SHIPPED', 'PRICE_CHANGED', 'STOCK_LOW']

async function newEndpoint(partnerId: string, eventTypes: readonly string[] = allTypes) {
  const { endpoint, secret, userErrors } = await mutate(create, { partnerId, url: receiver.url, eventTypes })
  expect(userErrors).toEqual([])
  return { id: endpoint!.id, secret: secret! }
}

async function happens(name: string, payload: object, id: string = randomUUID()): Promise<void> {
  const envelope = { id, name, aggregateId: variantId, aggregateVersion: 1, occurredAt: '2026-01-31T12:00:00.000Z' }
  const { status, content } = await partners.post('/events', { events: [{ ...envelope, payload }] })
  expect([status, content]).toEqual([200, { outcomes: ['done'] }])
}

const [orderId, variantId, productId, fulfillmentId] = [
  uuidOf('order', 1),
  uuidOf('variant', 1),
  uuidOf('product', 1),
  uuidOf('line', 1),
]
const lines = [{ variantId, productId, quantity: 2 }]
const sentLines = [
  { variantId: toGlobalId('ProductVariant', variantId), productId: toGlobalId('Product', productId), quantity: 2 },
]
const priceChange = { variantId, productId, unitPrice: 1_250, currencyCode: 'GBP' }

describe('what partners are sent', () => {
  test.each<[string, string, object, object]>([
    [
      'order.placed',
      orderPlaced.name,
      {
        orderId,
        checkoutId: randomUUID(),
        cartId: randomUUID(),
        customerId: uuidOf('user', 7),
        placedAt: '2026-01-31T11:59:59.000Z',
        lines,
      },
      { orderId: toGlobalId('Order', orderId), placedAt: '2026-01-31T11:59:59.000Z', lines: sentLines },
    ],
    [
      'order.shipped',
      orderShipped.name,
      { orderId, fulfillmentId, customerId: uuidOf('user', 7), trackingNumber: '1Z 999', lines },
      {
        orderId: toGlobalId('Order', orderId),
        fulfillmentId: toGlobalId('Fulfillment', fulfillmentId),
        trackingNumber: '1Z 999',
        lines: sentLines,
      },
    ],
    [
      'stock.low',
      stockRunningLow.name,
      { variantId, available: 3, threshold: 5 },
      { variantId: toGlobalId('ProductVariant', variantId), available: 3, threshold: 5 },
    ],
    [
      'price.changed',
      priceChanged.name,
      priceChange,
      {
        variantId: toGlobalId('ProductVariant', variantId),
        productId: toGlobalId('Product', productId),
        price: { amount: '12.50', currencyCode: 'GBP' },
      },
    ],
  ])('%s: ids of the API, signed, and nobody’s name', async (type, event, payload, data) => {
    const { id: endpointId, secret } = await newEndpoint(await newPartner())
    const id = randomUUID()
    await happens(event, payload, id)
    await happens(event, payload, id)
    const [received] = await eventually(() => {
      expect(receiver.received).toHaveLength(1)
      return receiver.received
    })
    expect(received!.headers['webhook-id']).toBe(`msg_${id.replaceAll('-', '')}`)
    expect(new Webhook(secret).verify(received!.body, received!.headers as Record<string, string>)).toEqual({
      type,
      timestamp: '2026-01-31T12:00:00.000Z',
      data,
    })
    await mutate(remove, { endpointId })
  })
})

const readOf = `id webhookEndpoints { id url eventTypes isEnabled createdAt lastDeliveryAt failingSince
  deliveries(first: 50) { edges { node { id messageId eventType status payload createdAt nextAttemptAt
    attempts { at httpStatus durationMs failure } } } pageInfo { hasNextPage } }
  dead: deliveries(status: DEAD) { edges { node { id } } } }`
const read = entitiesQuery(`... on Partner { ${readOf} }`)
const representations = (ids: readonly string[]) => ({ of: ids.map((id) => ({ __typename: 'Partner', id })) })

interface ReadPartner {
  readonly webhookEndpoints: {
    readonly id: string
    readonly lastDeliveryAt: string | null
    readonly deliveries: { readonly edges: { node: { id: string; status: string; attempts: object[] } }[] }
    readonly dead: { readonly edges: object[] }
  }[]
}
const readPartners = async (ids: readonly string[]) => {
  const { data, errors } = await partners.ask<{ _entities: ReadPartner[] }>(admin, read, representations(ids))
  expect(errors).toBeUndefined()
  return data._entities
}

test('the log tells what became of each delivery', async () => {
  const partnerId = await newPartner()
  const { id: endpointId } = await newEndpoint(partnerId, ['PRICE_CHANGED'])
  receiver.behave = answering(410)
  await happens(priceChanged.name, priceChange)
  await eventually(async () => {
    const [partner] = await readPartners([partnerId])
    expect(partner!.webhookEndpoints[0]!.dead.edges).toHaveLength(1)
  })
  // Lists are read one after the other.
  const [dead] = (await readPartners([partnerId]))[0]!.webhookEndpoints
  expect(dead).toEqual({
    id: endpointId,
    url: receiver.url,
    eventTypes: ['PRICE_CHANGED'],
    isEnabled: false,
    createdAt: expect.any(String),
    lastDeliveryAt: null,
    failingSince: expect.any(String),
    deliveries: {
      edges: [
        {
          node: {
            id: expect.stringMatching(/^whd_/),
            messageId: expect.stringMatching(/^msg_/),
            eventType: 'PRICE_CHANGED',
            status: 'DEAD',
            payload: receiver.received[0]!.body,
            createdAt: expect.any(String),
            nextAttemptAt: null,
            attempts: [
              { at: expect.any(String), httpStatus: 410, durationMs: expect.any(Number), failure: 'answered 410' },
            ],
          },
        },
      ],
      pageInfo: { hasNextPage: false },
    },
    dead: { edges: [{ node: { id: expect.any(String) } }] },
  })
  receiver.behave = answering(204)
  expect((await mutate(update, { endpointId, input: { isEnabled: true } })).endpoint).toMatchObject({ isEnabled: true })
  const { delivery } = await mutate(replay, { deliveryId: dead!.deliveries.edges[0]!.node.id })
  expect(delivery).toMatchObject({ status: 'PENDING', id: dead!.deliveries.edges[0]!.node.id })
  await eventually(async () => {
    const [partner] = await readPartners([partnerId])
    expect(partner!.webhookEndpoints[0]!.deliveries.edges[0]!.node).toMatchObject({
      status: 'DELIVERED',
      attempts: [{ httpStatus: 204, failure: null }, { httpStatus: 410 }],
    })
  })
  const [first, second] = receiver.received.map(({ headers }) => headers['webhook-id'])
  expect(second).toBe(first)
  await mutate(remove, { endpointId })
})

test('deliveries are paged, the latest first, and by state', async () => {
  const partnerId = await newPartner()
  const { id } = await newEndpoint(partnerId, ['PRICE_CHANGED'])
  await partners.sql(
    `insert into webhook_delivery (endpoint_id, message_id, event_type, payload, status, created_at, tried_since)
     select $1, 'msg_' || n, 'PRICE_CHANGED', '{}', (case when n % 2 = 0 then 'DEAD' else 'DELIVERED' end)::"WebhookDeliveryStatus",
       now() - n * interval '1 minute', now() from generate_series(1, 7) n`,
    [fromGlobalId('WebhookEndpoint', id)],
  )
  const page = async (args: string) => {
    const { data, errors } = await partners.ask<{
      _entities: {
        webhookEndpoints: {
          deliveries: {
            edges: { node: { messageId: string } }[]
            pageInfo: { endCursor: string; hasNextPage: boolean }
          }
        }[]
      }[]
    }>(
      admin,
      entitiesQuery(`... on Partner { webhookEndpoints { deliveries(${args}) {
        edges { node { messageId } } pageInfo { endCursor hasNextPage } } } }`),
      representations([partnerId]),
    )
    return { errors, deliveries: data._entities[0]?.webhookEndpoints?.[0]?.deliveries }
  }
  const idsOf = async (args: string) => (await page(args)).deliveries!.edges.map(({ node }) => node.messageId)
  expect(await idsOf('first: 3')).toEqual(['msg_1', 'msg_2', 'msg_3'])
  const { endCursor } = (await page('first: 3')).deliveries!.pageInfo
  expect(await idsOf(`first: 10, after: "${endCursor}"`)).toEqual(['msg_4', 'msg_5', 'msg_6', 'msg_7'])
  expect(await idsOf('last: 2')).toEqual(['msg_6', 'msg_7'])
  expect(await idsOf('status: DEAD')).toEqual(['msg_2', 'msg_4', 'msg_6'])
  expect(await idsOf('status: PENDING')).toEqual([])
  expect(errorCodes((await page(`status: DEAD, after: "${endCursor}"`)) as never)).toEqual(['INVALID_CURSOR'])
})

test('50 partners with endpoints, deliveries and tries cost the statements of one', async () => {
  const ids: string[] = []
  for (let count = 0; count < 50; count++) {
    const partnerId = await newPartner()
    ids.push(partnerId)
    const { id } = await newEndpoint(partnerId, ['STOCK_LOW'])
    await partners.sql(
      `with made as (
         insert into webhook_delivery (endpoint_id, message_id, event_type, payload, status, created_at, tried_since, attempt_count)
         values ($1, 'msg_1', 'STOCK_LOW', '{}', 'DELIVERED', now(), now(), 1) returning id
       ) insert into webhook_attempt (delivery_id, at, http_status, duration_ms) select id, now(), 200, 3 from made`,
      [fromGlobalId('WebhookEndpoint', id)],
    )
  }
  const statementsFor = async (count: number) =>
    (await partners.statementsOfQuery(admin, read, representations(ids.slice(0, count)))).filter(
      (text) => !text.includes('pgboss'),
    )
  const one = await statementsFor(1)
  expect(one).toHaveLength(5)
  expect(await statementsFor(50)).toHaveLength(5)
  const read50 = await readPartners(ids)
  expect(read50.map(({ webhookEndpoints }) => webhookEndpoints[0]!.deliveries.edges[0]!.node.attempts.length)).toEqual(
    numbered(50, () => 1),
  )
})

test('refusals name what is wrong, and nothing moves', async () => {
  const partnerId = await newPartner()
  const { id: endpointId } = await newEndpoint(partnerId)
  const unknown = toGlobalId('WebhookEndpoint', randomUUID())
  const before = await partners.stored()
  const refusals = async (mutation: string, variables: object) => {
    const { userErrors, ...rest } = await mutate(mutation, variables)
    expect(Object.values(rest).every((value) => value === null)).toBe(true)
    return userErrors.map(({ code, path }) => `${code} ${path.join('.')}`)
  }
  expect(await refusals(create, { partnerId, url: 'ftp://localhost/', eventTypes: [] })).toEqual([
    'INVALID_INPUT url',
    'INVALID_INPUT eventTypes',
  ])
  const nobody = toGlobalId('Partner', randomUUID())
  expect(await refusals(create, { partnerId: nobody, url: receiver.url, eventTypes: ['STOCK_LOW'] })).toEqual([
    'NOT_FOUND partnerId',
  ])
  expect(await refusals(update, { endpointId, input: { url: 'no', eventTypes: [] } })).toEqual([
    'INVALID_INPUT input.url',
    'INVALID_INPUT input.eventTypes',
  ])
  expect(await refusals(update, { endpointId: unknown, input: {} })).toEqual(['NOT_FOUND endpointId'])
  expect(await refusals(remove, { endpointId: unknown })).toEqual(['NOT_FOUND endpointId'])
  expect(await refusals(rotate, { endpointId: unknown })).toEqual(['NOT_FOUND endpointId'])
  expect(await refusals(replay, { deliveryId: toGlobalId('WebhookDelivery', randomUUID()) })).toEqual([
    'NOT_FOUND deliveryId',
  ])
  expect(await partners.stored()).toEqual(before)
  const wrongId = await partners.ask(admin, remove, { endpointId: partnerId })
  expect(errorCodes(wrongId)).toEqual(['INVALID_ID'])
})

test('who may not write changes nothing, and who may not read sees nothing', async () => {
  const partnerId = await newPartner()
  const { id: endpointId } = await newEndpoint(partnerId)
  const deliveryId = toGlobalId('WebhookDelivery', randomUUID())
  const before = await partners.stored()
  const reader = user(randomUUID(), ['partners:read'])
  const calls: [string, object][] = [
    [create, { partnerId, url: receiver.url, eventTypes: ['STOCK_LOW'] }],
    [update, { endpointId, input: { isEnabled: false } }],
    [remove, { endpointId }],
    [rotate, { endpointId }],
    [replay, { deliveryId }],
  ]
  for (const [mutation, variables] of calls) {
    expect(errorCodes(await partners.ask(reader, mutation, variables))).toEqual(['FORBIDDEN'])
    expect(errorCodes(await partners.ask(guest(), mutation, variables))).toEqual(['UNAUTHENTICATED'])
  }
  expect(await partners.stored()).toEqual(before)
  const stranger = await partners.ask<{ _entities: unknown[] }>(user(), read, representations([partnerId]))
  expect(errorCodes(stranger)?.every((code) => code === 'FORBIDDEN')).toBe(true)
  expect(stranger.data._entities).toEqual([null])
})

test('each change is in the audit trail, with who did it', async () => {
  const partnerId = await newPartner()
  const { id: endpointId } = await newEndpoint(partnerId)
  const { secret } = await mutate(rotate, { endpointId })
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
  await mutate(update, { endpointId, input: { isEnabled: false } })
  expect(await mutate(remove, { endpointId })).toEqual({ deletedEndpointId: endpointId, userErrors: [] })
  const recorded = await partners.sql<{ kind: string; actor_id: string }>(
    'select kind, actor_id from partner_event where partner_id = $1 order by at, id',
    [fromGlobalId('Partner', partnerId)],
  )
  expect(recorded).toEqual(
    ['CREATED', 'ROTATED', 'UPDATED', 'DELETED'].map((what) => ({
      kind: what === 'ROTATED' ? 'WEBHOOK_SECRET_ROTATED' : `WEBHOOK_ENDPOINT_${what}`,
      actor_id: admin.id,
    })),
  )
})
