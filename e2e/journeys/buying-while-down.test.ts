import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@cartograph/local-stack'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { checkoutInput, shopperAt, stockOf } from '../src/shopper.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { rowsOf } from '../src/sql.ts'
import { mailsOf, settled, standing } from '../src/standing.ts'

const sold = {
  carts: { title: 'Bought without carts', price: 1_250, stock: 5 },
  inventory: { title: 'Bought without inventory', price: 1_250, stock: 5 },
  products: { title: 'Bought without products', price: 1_250, stock: 5 },
  recommendations: { title: 'Bought without recommendations', price: 1_250, stock: 5 },
  users: { title: 'Bought without users', price: 1_250, stock: 5 },
  orders: { title: 'Bought without orders', price: 1_250, stock: 5 },
}

// On a loaded machine a first purchase alone takes seconds: what is waited for is how it ends.
vi.setConfig({ testTimeout: 90_000 })

let shop: SmallShop<keyof typeof sold>
let shopper: ReturnType<typeof shopperAt>
beforeAll(async () => {
  // What they log of each other's absence is what is asked for here.
  shop = await startSmallShop(sold, { environment: { LOG_LEVEL: 'error' } })
  shopper = shopperAt(shop.url)
  // The first purchase of a process takes longer than any other.
  await shopper.buy(await shopper.openCart([shop.goods.users, 1]))
})
afterAll(() => shop[Symbol.asyncDispose]())

const patiently = { timeoutMs: 60_000 }

async function without<Value>(service: ServiceName, work: () => Promise<Value>): Promise<Value> {
  await shop.stopService(service)
  try {
    return await work()
  } finally {
    await shop.restartService(service)
  }
}

/** One of five units was sold, once, and paid for once. */
async function expectSoldOnce(name: keyof typeof sold, left = 4): Promise<void> {
  await settled(shop)
  const movements = ['-1 SALE 4', '5 RECEIPT 5']
  expect(await stockOf(shop.url, shop.goods[name], shop.staff)).toMatchObject({
    onHand: left,
    reserved: 0,
    movements: left === 4 ? movements : [`-1 SALE ${left}`, ...movements],
  })
  const orders = await rowsOf(
    shop.postgres.superuserUrl('postgres'),
    'orders',
    `select o.total::int, s.status from customer_order o join order_line l on l.order_id = o.id
     join payment p on p.order_id = o.id join sandbox_payment s on s.id::text = p.reference
     where l.sku = $1 order by o.placed_at`,
    [shop.goods[name].sku],
  )
  expect(orders).toEqual(Array.from({ length: 5 - left }, () => ({ total: 1745, status: 'CAPTURED' })))
}

describe('PROCESSING within 3 s, and bought by itself when the service is back', () => {
  test.each(['carts', 'inventory', 'products'] as const)('%s', async (service) => {
    const cart = await shopper.openCart([shop.goods[service], 1])
    const [key, input] = [randomUUID(), checkoutInput('17.45')]
    const checkout = await without(service, async () => {
      const sentAt = performance.now()
      const answer = await shopper.complete(cart, input, key)
      const seconds = (performance.now() - sentAt) / 1000
      expect(answer).toMatchObject({
        checkout: { status: 'PROCESSING' },
        order: null,
        nextAction: null,
        userErrors: [],
      })
      console.log(`checkout without ${service}: PROCESSING after ${seconds.toFixed(2)} s`)
      expect(seconds).toBeLessThan(3)
      expect(await shopper.checkout(answer.checkout!.id, cart.headers)).toMatchObject({
        status: 'PROCESSING',
        order: null,
      })
      return answer.checkout!
    })
    const isBackAt = performance.now()
    await eventually(
      async () =>
        expect(await shopper.checkout(checkout.id, cart.headers)).toEqual({
          status: 'COMPLETED',
          order: { number: expect.stringMatching(/^CG-/), status: 'CONFIRMED' },
          userErrors: [],
        }),
      patiently,
    )
    console.log(
      `checkout without ${service}: bought ${((performance.now() - isBackAt) / 1000).toFixed(2)} s after it is back`,
    )
    await expectSoldOnce(service)
    expect((await shopper.complete(cart, input, key)).checkout).toEqual({ id: checkout.id, status: 'COMPLETED' })
    await eventually(async () => expect(await shopper.cart(cart)).toMatchObject({ status: 'CHECKED_OUT' }), patiently)
  })
})

test(
  'without recommendations buying is unaffected, and it learns of the order when it is back',
  { timeout: 90_000 },
  async () => {
    const cart = await shopper.openCart([shop.goods.recommendations, 1])
    const order = await without('recommendations', async () => {
      const bought = await shopper.buy(cart)
      expect(bought).toMatchObject({ status: 'CONFIRMED', payments: [{ status: 'CAPTURED' }] })
      await eventually(async () => expect(await shopper.cart(cart)).toMatchObject({ status: 'CHECKED_OUT' }), patiently)
      await eventually(
        () => expect(mailsOf(shop).filter((mail) => mail.includes(bought.number))).toHaveLength(1),
        patiently,
      )
      return bought
    })
    const superuserUrl = shop.postgres.superuserUrl('postgres')
    const [row] = await rowsOf<{ id: string }>(
      superuserUrl,
      'orders',
      'select id from customer_order where number = $1',
      [order.number],
    )
    const learnt = 'select quantity from purchase where order_id = $1'
    await eventually(
      async () => expect(await rowsOf(superuserUrl, 'recommendations', learnt, [row!.id])).toEqual([{ quantity: 1 }]),
      patiently,
    )
    await expectSoldOnce('recommendations')
  },
)

test('without users a guest buys as ever', async () => {
  const cart = await shopper.openCart([shop.goods.users, 1])
  await without('users', async () => expect(await shopper.buy(cart)).toMatchObject({ status: 'CONFIRMED' }))
  await expectSoldOnce('users', 3)
})

test('without orders nothing is begun, and the same key buys once when it is back', async () => {
  const cart = await shopper.openCart([shop.goods.orders, 1])
  const [key, input] = [randomUUID(), checkoutInput('17.45')]
  const before = await standing(shop)
  await without('orders', async () => {
    const { data, errors } = await shopper.send(cart, input, key)
    expect(data).toEqual({ checkoutComplete: null })
    expect(errors!.map(({ extensions }) => extensions)).toEqual([{ code: 'SUBGRAPH_UNAVAILABLE', service: 'orders' }])
  })
  expect(await standing(shop)).toEqual(before)
  expect((await shopper.complete(cart, input, key)).order).toMatchObject({ status: 'CONFIRMED' })
  await expectSoldOnce('orders')
})
