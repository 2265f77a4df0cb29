import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  buy,
  checkoutInput,
  completeMutation,
  guestWithCart,
  type ShopUnderTest,
  startShop,
} from './shop-under-test.ts'

let shop: ShopUnderTest
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.stop())

/** The checkout's row, its id being as opaque here as to a client. */
const checkoutRow = async () =>
  (await shop.orders.sql<{ id: string }>('select id from checkout order by created_at desc, id desc limit 1'))[0]!.id

describe('a guest buys two lines', () => {
  test('and is told what was bought, what it costs and that it is paid', async () => {
    const ada = guestWithCart(shop, { quantity: 2 }, { unitPrice: 999 })
    const { order, checkout, userErrors, nextAction } = await buy(shop, ada, checkoutInput('39.94'))
    expect(userErrors).toEqual([])
    expect(nextAction).toBeNull()
    expect(checkout).toMatchObject({ status: 'COMPLETED' })
    expect(order).toMatchObject({
      status: 'CONFIRMED',
      email: 'ada@example.com',
      subtotal: { amount: '34.99' },
      shipping: { amount: '4.95' },
      tax: { name: 'VAT', rate: '20.00', amount: { amount: '6.66' }, included: true },
      total: { amount: '39.94', currencyCode: 'GBP' },
      lines: [
        { title: 'Mug', quantity: 2, unitPrice: { amount: '12.50' }, lineTotal: { amount: '25.00' } },
        { title: 'Mug', quantity: 1, unitPrice: { amount: '9.99' }, lineTotal: { amount: '9.99' } },
      ],
      payments: [{ status: 'CAPTURED', amount: { amount: '39.94' } }],
    })
    expect(order!.number).toMatch(/^CG-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  })

  test('every step is taken once, in its order, and no job is left behind', async () => {
    const bob = guestWithCart(shop, { quantity: 3, stock: 10 })
    const from = shop.sent.length
    await buy(shop, bob, checkoutInput('42.45'))
    const steps = shop.sent.slice(from).filter((url) => url !== '/events')
    expect(steps).toEqual([
      '/commands/carts.lock-cart.v1',
      '/questions/products.variant-offers.v1',
      '/commands/inventory.reserve-stock.v1',
    ])
    await eventually(async () =>
      expect(await shop.orders.sql(`select name, state from pgboss.job where name = 'checkouts'`)).toEqual([]),
    )
  })

  test('carts, inventory, partners and recommendations hear of the order, once each, and the buyer gets a mail', async () => {
    const cyd = guestWithCart(shop, { quantity: 4 })
    const { order } = await buy(shop, cyd, checkoutInput('54.95', { email: 'cyd@example.com' }))
    const checkoutId = await checkoutRow()
    const heard = () =>
      shop.events.filter(({ event }) => (event.payload as { checkoutId: string }).checkoutId === checkoutId)
    await eventually(() =>
      expect(
        heard()
          .map(({ to }) => to)
          .sort(),
      ).toEqual(['carts', 'inventory', 'partners', 'recommendations']),
    )
    const { variantId, quantity } = cyd.lines[0]!
    for (const { event } of heard()) {
      expect(event).toMatchObject({ name: 'orders.order-placed.v1', aggregateVersion: 1 })
      expect(event.payload).toMatchObject({
        cartId: cyd.cartId,
        customerId: null,
        lines: [{ variantId, productId: variantId, quantity }],
      })
    }
    await eventually(() => {
      const mail = shop.mails().find((text) => text.includes('cyd@example.com'))
      expect(mail).toContain(order!.number)
      expect(mail).toContain('54.95')
    })
  })

  test('and sees the order with the token of the cart, which nobody else does', async () => {
    const eve = guestWithCart(shop, {})
    const { order, checkout } = await buy(shop, eve, checkoutInput('17.45'))
    const query = '{ order(id: "ORDER") { number } checkout(id: "CHECKOUT") { status order { number } } }'
      .replace('ORDER', order!.id)
      .replace('CHECKOUT', checkout!.id)
    const seen = {
      order: { number: order!.number },
      checkout: { status: 'COMPLETED', order: { number: order!.number } },
    }
    expect(await shop.orders.ask(eve.viewer, query)).toEqual({ data: seen })
    expect(await shop.orders.ask(user(randomUUID(), ['orders:read']), query)).toEqual({ data: seen })
    const nothing = { data: { order: null, checkout: null } }
    for (const other of [guest(), guest(randomUUID()), user()])
      expect(await shop.orders.ask(other, query)).toEqual(nothing)
  })
})

test('a user buys, and the order is in their list', async () => {
  const ada = randomUUID()
  const variantId = shop.sells({ unitPrice: 2_000 })
  const cartId = shop.putCart({ userId: ada, lines: [{ variantId, quantity: 1 }] })
  const buyer = {
    viewer: user(ada),
    token: '',
    cartId,
    globalCartId: toGlobalId('Cart', cartId),
    lines: [] as { variantId: string; quantity: number }[],
  }
  const { order } = await buy(shop, buyer, checkoutInput('24.95'))
  const query = `{ _entities(representations: [{ __typename: "User", id: "${toGlobalId('User', ada)}" }]) {
    ... on User { orders { edges { node { number customer { id } } } } } } }`
  expect(await shop.orders.ask(user(ada), query)).toEqual({
    data: {
      _entities: [
        { orders: { edges: [{ node: { number: order!.number, customer: { id: toGlobalId('User', ada) } } }] } },
      ],
    },
  })
})

test('what was paid with is forgotten when the checkout has ended, whichever way', async () => {
  const tokens = await shop.orders.sql(
    `select request ? 'paymentMethodToken' as kept from checkout where ended_at is not null`,
  )
  expect(tokens.length).toBeGreaterThan(0)
  expect(new Set(tokens.map(({ kept }) => kept as boolean))).toEqual(new Set([false]))
})

test('what weighs more than a number of four bytes counts is sent by what has no limit', async () => {
  const buyer = guestWithCart(shop, { quantity: 9_999, unitPrice: 1, stock: 10_000 })
  shop.offers.get(buyer.lines[0]!.variantId)!.weight = 1_000_000
  const { order } = await buy(shop, buyer, checkoutInput('104.94'))
  expect(order!.total.amount).toBe('104.94')
})

test('what is free is bought without a payment', async () => {
  const buyer = guestWithCart(shop, { unitPrice: 0 })
  await shop.orders.sql(`insert into shipping_method values ('pickup', 'GBP', 'Pickup', 'FLAT', '{}', 9)`)
  await shop.orders.sql(`insert into shipping_rate values ('pickup', 'GBP', 1000000, 0)`)
  const { order } = await buy(shop, buyer, checkoutInput('0', { shippingMethodCode: 'pickup' }))
  expect(order).toMatchObject({ status: 'CONFIRMED', total: { amount: '0.00' }, payments: [] })
})

describe('the same key', () => {
  test('and request answer the same, byte for byte, and move nothing more', async () => {
    const buyer = guestWithCart(shop, { quantity: 2, stock: 5 })
    const variables = { cartId: buyer.globalCartId, input: checkoutInput('29.95'), key: randomUUID() }
    const first = JSON.stringify(await shop.orders.ask(buyer.viewer, completeMutation, variables))
    await eventually(async () =>
      expect(await shop.orders.sql(`select 1 from pgboss.job where state < 'completed'`)).toEqual([]),
    )
    const [stored, available] = [await shop.stored(), shop.available.get(buyer.lines[0]!.variantId)]
    const again = await Promise.all(
      Array.from({ length: 5 }, () => shop.orders.ask(buyer.viewer, completeMutation, variables)),
    )
    for (const answer of again) expect(JSON.stringify(answer)).toBe(first)
    expect(await shop.stored()).toEqual(stored)
    expect(shop.available.get(buyer.lines[0]!.variantId)).toBe(available)
  })

  test('twice at once is one order, and both are told of it', async () => {
    const buyer = guestWithCart(shop, { stock: 5 })
    const key = randomUUID()
    const [one, other] = await Promise.all([1, 2].map(() => buy(shop, buyer, checkoutInput('17.45'), key)))
    expect(one!.order!.status).toBe('CONFIRMED')
    expect(other).toEqual(one)
    expect(shop.available.get(buyer.lines[0]!.variantId)).toBe(4)
    expect(await shop.orders.sql('select count(*)::int from checkout where idempotency_key = $1', [key])).toEqual([
      { count: 1 },
    ])
  })

  test('with another request is refused, and nothing moves', async () => {
    const buyer = guestWithCart(shop, {})
    const key = randomUUID()
    await buy(shop, buyer, checkoutInput('17.45'), key)
    const stored = await shop.stored()
    const { checkout, order, userErrors } = await buy(shop, buyer, checkoutInput('17.46'), key)
    expect([checkout, order, userErrors]).toMatchObject([null, null, [{ code: 'IDEMPOTENCY_KEY_REUSED' }]])
    expect(await shop.stored()).toEqual(stored)
  })

  test('of another buyer is another checkout', async () => {
    const key = randomUUID()
    const [ada, bob] = [guestWithCart(shop, {}), guestWithCart(shop, {})]
    const [one, other] = [
      await buy(shop, ada, checkoutInput('17.45'), key),
      await buy(shop, bob, checkoutInput('17.45'), key),
    ]
    expect(one.order!.number).not.toBe(other.order!.number)
    expect([one.checkout!.status, other.checkout!.status]).toEqual(['COMPLETED', 'COMPLETED'])
  })
})

describe('3-D Secure', () => {
  const continueMutation = (id: string) =>
    `mutation { checkoutContinue(checkoutId: "${id}") { checkout { id status } order { status total { amount } }
      nextAction { url } userErrors { code } } }`

  test('the checkout waits for the customer, holding the stock, and goes on when they have been there', async () => {
    const buyer = guestWithCart(shop, { quantity: 2, stock: 10 })
    const key = randomUUID()
    const input = checkoutInput('29.95', { paymentMethodToken: 'sandbox_3ds' })
    const waiting = await buy(shop, buyer, input, key)
    expect(waiting).toMatchObject({ checkout: { status: 'ACTION_REQUIRED' }, order: null, userErrors: [] })
    expect(waiting.nextAction).toMatchObject({ type: 'REDIRECT', url: expect.stringContaining('/3-d-secure/') })
    expect(shop.available.get(buyer.lines[0]!.variantId)).toBe(8)
    expect(await buy(shop, buyer, input, key)).toEqual(waiting)
    // Staff may see it; to go on is its buyer's alone.
    for (const stranger of [guest(randomUUID()), user(randomUUID(), ['orders:read', 'orders:write'])]) {
      const { data } = await shop.orders.ask(stranger, continueMutation(waiting.checkout!.id))
      expect(data).toMatchObject({ checkoutContinue: { checkout: null, userErrors: [{ code: 'NOT_FOUND' }] } })
    }
    const { data } = await shop.orders.ask(buyer.viewer, continueMutation(waiting.checkout!.id))
    expect(data).toEqual({
      checkoutContinue: {
        checkout: { id: waiting.checkout!.id, status: 'COMPLETED' },
        order: { status: 'CONFIRMED', total: { amount: '29.95' } },
        nextAction: null,
        userErrors: [],
      },
    })
    expect((await buy(shop, buyer, input, key)).checkout).toEqual({ id: waiting.checkout!.id, status: 'COMPLETED' })
  })

  test('who fails it is declined, and everything is let go of', async () => {
    const buyer = guestWithCart(shop, { stock: 10 })
    const waiting = await buy(shop, buyer, checkoutInput('17.45', { paymentMethodToken: 'sandbox_3ds_failed' }))
    const { data } = await shop.orders.ask(buyer.viewer, continueMutation(waiting.checkout!.id))
    expect(data).toMatchObject({
      checkoutContinue: { checkout: { status: 'REFUSED' }, order: null, userErrors: [{ code: 'PAYMENT_DECLINED' }] },
    })
    expect(shop.available.get(buyer.lines[0]!.variantId)).toBe(10)
    expect(shop.carts.get(buyer.cartId)!.lockedBy).toBeNull()
  })
})
