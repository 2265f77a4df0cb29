import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually } from '@cartograph/test-kit'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from '../src/shop-client.ts'
import { shopperAt } from '../src/shopper.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { rowsOf } from '../src/sql.ts'

// On a loaded machine a first purchase alone takes seconds: what is waited for is what is told of it.
vi.setConfig({ testTimeout: 60_000 })
const patiently = { timeoutMs: 30_000 }

interface Message {
  readonly type: string
  readonly timestamp: string
  readonly data: object
}

let shop: SmallShop<'kettle'>
let receiver: Server
let secret: string
const messages: Message[] = []

beforeAll(async () => {
  // What is logged of the absence of partners is what is asked for here.
  shop = await startSmallShop(
    { kettle: { title: 'Copper Kettle', price: 1_250, stock: 1 } },
    { environment: { LOG_LEVEL: 'error' } },
  )
  receiver = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      messages.push(new Webhook(secret).verify(body, request.headers as Record<string, string>) as Message)
      response.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const [partner] = await rowsOf<{ id: string }>(
    shop.postgres.superuserUrl('postgres'),
    'partners',
    `insert into partner (name, scopes, points_per_minute, created_at)
     values ('Acme', '{inventory:read,orders:read}', 1000, now()) returning id`,
  )
  const { webhookEndpointCreate: made } = await change<{ webhookEndpointCreate: { secret: string } }>(
    `webhookEndpointCreate(partnerId: "${toGlobalId('Partner', partner!.id)}", url: "http://127.0.0.1:${(receiver.address() as AddressInfo).port}/",
      eventTypes: [ORDER_PLACED, ORDER_SHIPPED, STOCK_LOW, PRICE_CHANGED]) { secret userErrors { code } }`,
  )
  secret = made.secret
})
afterAll(async () => {
  await shop[Symbol.asyncDispose]()
  receiver.closeAllConnections()
  receiver.close()
})

async function change<Data>(mutation: string): Promise<Data> {
  const { data, errors } = await ask<Data>(shop.url, `mutation { ${mutation} }`, {}, shop.staff)
  expect(errors).toBeUndefined()
  return data
}
const setPrice = (amount: string) =>
  change(`variantPriceSet(variantId: "${shop.goods.kettle.variantId}", price: { amount: "${amount}", currencyCode: GBP }) {
    userErrors { code } }`)
const received = (type: string) => messages.filter((message) => message.type === type).map(({ data }) => data)

test('a partner is told of an order, its shipment, stock that runs low and a price, and never who bought', async () => {
  const { variantId, productId } = shop.goods.kettle
  const shopper = shopperAt(shop.url)
  const order = await shopper.buy(await shopper.openCart([shop.goods.kettle, 1]))
  const lines = [{ variantId, productId, quantity: 1 }]
  await eventually(() => {
    expect(received('order.placed')).toEqual([{ orderId: order.id, placedAt: expect.any(String), lines }])
    expect(received('stock.low')).toEqual([{ variantId, available: 0, threshold: 0 }])
  }, patiently)
  const line = `{ orderLineId: "${order.lines[0]!.id}", quantity: 1 }`
  await change(`orderFulfill(orderId: "${order.id}", lines: [${line}], trackingNumber: "1Z 999", idempotencyKey: "${randomUUID()}") {
    userErrors { code } }`)
  await setPrice('11')
  await eventually(() => {
    expect(received('order.shipped')).toEqual([
      { orderId: order.id, fulfillmentId: expect.stringMatching(/^ful_/), trackingNumber: '1Z 999', lines },
    ])
    expect(received('price.changed')).toEqual([
      { variantId, productId, price: { amount: '11.00', currencyCode: 'GBP' } },
    ])
  }, patiently)
  expect(messages).toHaveLength(4)
})

test('what happens while partners is away is told when it is back', async () => {
  const before = messages.length
  await shop.stopService('partners')
  await setPrice('12')
  await shop.restartService('partners')
  await eventually(
    () => expect(received('price.changed').at(-1)).toMatchObject({ price: { amount: '12.00' } }),
    patiently,
  )
  expect(messages).toHaveLength(before + 1)
})
