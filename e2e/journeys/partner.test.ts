import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { partnerFolder } from '@cartograph/client-checks'
import { root } from '@cartograph/local-stack'
import {
  Cartograph,
  CartographError,
  readProductFeed,
  sendOrder,
  type ShopEvent,
  webhookReceiver,
} from '@cartograph/partner-acme'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from '../src/shop-client.ts'
import { shopperAt } from '../src/shopper.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'

// On a loaded machine a first purchase alone takes seconds: what is waited for is what comes of it.
vi.setConfig({ testTimeout: 60_000 })
const patiently = { timeoutMs: 30_000 }

const folder = partnerFolder(path.join(root, 'clients/partners/acme'))
let shop: SmallShop<'kettle' | 'mug'>
let partnerId: string
let key: string
let acme: Cartograph
let receiver: Server
/** Pages of the feed that were answered. */
let pages = 0

beforeAll(async () => {
  shop = await startSmallShop(
    {
      kettle: { title: 'Copper Kettle', price: 1_250, stock: 5 },
      mug: { title: 'Blue Mug', price: 400, stock: 0 },
    },
    // What is logged of the absence of partners is what is asked for here.
    { environment: { LOG_LEVEL: 'fatal' } },
  )
  const created = await asStaff<{ partnerCreate: { partner: { id: string } } }>(
    `mutation ($input: PartnerCreateInput!) { partnerCreate(input: $input) { partner { id } userErrors { code message } } }`,
    { input: { name: folder.name, scopes: folder.scopes, pointsPerMinute: 100_000 } },
  )
  partnerId = created.partnerCreate.partner.id
  const made = await asStaff<{ partnerKeyCreate: { secret: string } }>(
    'mutation ($id: ID!) { partnerKeyCreate(partnerId: $id) { secret userErrors { code message } } }',
    { id: partnerId },
  )
  key = made.partnerKeyCreate.secret
  acme = new Cartograph({ url: shop.url, key })
})
afterAll(async () => {
  await shop[Symbol.asyncDispose]()
  receiver.closeAllConnections()
  receiver.close()
})

async function asStaff<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
  const { data, errors } = await ask<Data>(shop.url, query, variables, shop.staff)
  expect(errors).toBeUndefined()
  return data
}

const publish = (operations: readonly { id: string; body: string }[]) =>
  asStaff<{ manifestPublish: { manifest: { version: number; operationCount: number } | null; userErrors: object[] } }>(
    `mutation ($id: ID!, $operations: [ManifestOperationInput!]!) {
      manifestPublish(partnerId: $id, operations: $operations) {
        manifest { version operationCount }
        userErrors { code message ... on InvalidOperationError { operationName } }
      }
    }`,
    { id: partnerId, operations: operations.map(({ id, body }) => ({ id, body })) },
  )
const feed = async () => {
  const products = []
  for await (const product of readProductFeed(acme, 1)) {
    products.push(product)
    pages += 1
  }
  return products
}
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: CartographError) => [error.status, error.code],
  )

test('before a manifest is published nothing runs; once it is, within a second', async () => {
  await eventually(async () => expect(await refusalOf(feed())).toEqual([404, 'PERSISTED_OPERATION_NOT_FOUND']))
  expect(await publish(folder.operations)).toEqual({
    manifestPublish: { manifest: { version: 1, operationCount: 3 }, userErrors: [] },
  })
  const publishedAt = Date.now()
  await eventually(async () => expect(await refusalOf(feed())).toBeNull())
  expect(Date.now() - publishedAt).toBeLessThan(1_000)
  const price = (amount: string) => ({ amount, currencyCode: 'GBP' })
  const shown = (await feed()).map(({ title, variants: [variant] }) => [
    title,
    variant?.sku,
    variant?.price,
    variant?.availability,
  ])
  expect(shown).toHaveLength(2)
  expect(shown).toEqual(
    expect.arrayContaining([
      ['Blue Mug', 'MUG', price('4.00'), { status: 'OUT_OF_STOCK' }],
      ['Copper Kettle', 'KETTLE', price('12.50'), { status: 'IN_STOCK' }],
    ]),
  )
})

test('an operation that does not fit what it may use is not published, and names itself', async () => {
  const body = 'query Everybody { users(first: 1) { edges { node { email } } } }'
  const { manifestPublish } = await publish([...folder.operations, { id: 'everybody', body }])
  expect(manifestPublish.manifest).toBeNull()
  expect(manifestPublish.userErrors).toEqual([
    {
      code: 'INVALID_OPERATION',
      message: 'Cannot query field "users" on type "Query". Did you mean "orders"?',
      operationName: 'Everybody',
    },
  ])
})

test('what Acme is told of it sends, once, and the shop knows', async () => {
  const sent: number[] = []
  receiver = createServer().listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const { webhookEndpointCreate } = await asStaff<{ webhookEndpointCreate: { secret: string } }>(
    `mutation ($id: ID!, $url: String!) {
      webhookEndpointCreate(partnerId: $id, url: $url, eventTypes: [ORDER_PLACED]) { secret userErrors { code message } }
    }`,
    { id: partnerId, url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` },
  )
  const events: ShopEvent[] = []
  const acmes = webhookReceiver(webhookEndpointCreate.secret, async (event) => {
    events.push(event)
    sent.push(await sendOrder(acme, String(event.data['orderId']), event.id, '1Z 999'))
  })
  receiver.on('request', (request, response) => acmes.emit('request', request, response))
  const shopper = shopperAt(shop.url)
  const order = await shopper.buy(await shopper.openCart([shop.goods.kettle, 2]))
  await eventually(() => expect(sent).toEqual([2]), patiently)
  expect(events.map(({ type, data }) => [type, data['orderId']])).toEqual([['order.placed', order.id]])
  const { order: now } = await asStaff<{ order: object }>(
    'query ($id: ID!) { order(id: $id) { status fulfillments { trackingNumber lines { quantity } } } }',
    { id: order.id },
  )
  expect(now).toEqual({ status: 'FULFILLED', fulfillments: [{ trackingNumber: '1Z 999', lines: [{ quantity: 2 }] }] })
  expect(await sendOrder(acme, order.id, 'again', '1Z 998')).toBe(0)
})

test('while partners is away Acme goes on, and what it has asked for is counted when it is back', async () => {
  const callsOf = async () => {
    const { partner } = await asStaff<{ partner: { usage: { name: string; calls: number }[] } }>(
      'query ($id: ID!) { partner(id: $id) { usage(days: 1) { name calls } } }',
      { id: partnerId },
    )
    return partner.usage.find(({ name }) => name === 'ProductFeed')?.calls ?? 0
  }
  await eventually(async () => expect(await callsOf()).toBe(pages), patiently)
  await shop.stopService('partners')
  for (let times = 0; times < 3; times += 1) expect(await feed()).toHaveLength(2)
  await shop.restartService('partners')
  await eventually(async () => expect(await callsOf()).toBe(pages), patiently)
})
