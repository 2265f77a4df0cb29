import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ask, exampleOperation, signIn } from '../src/shop-client.ts'
import { checkoutInput, type Headers, type OrderAnswer, shopperAt, stockOf } from '../src/shopper.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { rowsOf } from '../src/sql.ts'
import { mailsOf, settled, standing } from '../src/standing.ts'

const sold = {
  mug: { title: 'Blue Mug', price: 1_250, stock: 10, grams: 300 },
  candle: { title: 'Beeswax Candle', price: 999, stock: 8, grams: 200 },
  lamp: { title: 'Desk Lamp', price: 4_000, stock: 5, grams: 1_500 },
  chair: { title: 'Oak Chair', price: 12_000, stock: 4, grams: 6_000 },
  quilt: { title: 'Patchwork Quilt', price: 7_999, stock: 6, grams: 2_000 },
  kettle: { title: 'Copper Kettle', price: 3_333, stock: 7, grams: 900 },
  clock: { title: 'Wall Clock', price: 2_500, stock: 3, grams: 700 },
}

// On a loaded machine a first purchase alone takes seconds: what is waited for is how it ends.
vi.setConfig({ testTimeout: 90_000 })

let shop: SmallShop<keyof typeof sold>
let shopper: ReturnType<typeof shopperAt>
beforeAll(async () => {
  shop = await startSmallShop(sold)
  shopper = shopperAt(shop.url)
})
afterAll(() => shop[Symbol.asyncDispose]())

const stock = (name: keyof typeof sold) => stockOf(shop.url, shop.goods[name], shop.staff)

/** What recommendations has learnt of an order. */
async function learntOf({ number }: Pick<OrderAnswer, 'number'>) {
  const superuserUrl = shop.postgres.superuserUrl('postgres')
  const [order] = await rowsOf<{ id: string }>(
    superuserUrl,
    'orders',
    'select id from customer_order where number = $1',
    [number],
  )
  return rowsOf<{ quantity: number; guest: boolean }>(
    superuserUrl,
    'recommendations',
    'select quantity, user_id is null as guest from purchase where order_id = $1 order by quantity',
    [order!.id],
  )
}

/** The subjects of the mails about an order that went to somebody, sorted. */
const subjectsOf = ({ number }: Pick<OrderAnswer, 'number'>, to = 'ada@example.com') =>
  mailsOf(shop)
    .filter((mail) => mail.includes(number) && mail.includes(`\r\nTo: ${to}\r\n`))
    .map((mail) => /^Subject: (.+)\r$/m.exec(mail)![1]!.replace(number, 'N'))
    .sort()

const eventTypes = (order: OrderAnswer | null) =>
  (order as unknown as { timeline: { edges: { node: { type: string } }[] } }).timeline.edges.map(
    ({ node }) => node.type,
  )

describe('a guest', () => {
  test('buys two lines: the order, the money, the stock, the cart, the mail and what was learnt', async () => {
    const cart = await shopper.openCart([shop.goods.mug, 2], [shop.goods.candle, 1])
    expect(await shopper.quote(cart)).toEqual({
      cartVersion: 1,
      subtotal: { amount: '34.99', currencyCode: 'GBP' },
      shippingOptions: [
        option('standard', 'Standard', '4.95', '6.66', '39.94'),
        option('express', 'Express', '12.95', '7.99', '47.94'),
        option('parcel', 'Parcel by weight', '3.95', '6.49', '38.94'),
      ],
      problems: [],
    })
    const answer = await shopper.complete(cart, checkoutInput('39.94', { expectedCartVersion: 1 }))
    const order = {
      id: expect.stringMatching(/^order_/),
      number: expect.stringMatching(/^CG-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      status: 'CONFIRMED',
      email: 'ada@example.com',
      shippingMethod: 'Standard',
      cancelReason: null,
      subtotal: { amount: '34.99' },
      shipping: { amount: '4.95' },
      tax: { name: 'VAT', rate: '20.00', included: true, amount: { amount: '6.66' } },
      total: { amount: '39.94', currencyCode: 'GBP' },
      refunded: { amount: '0.00' },
      lines: [
        orderLine('MUG', 'Blue Mug', 2, '12.50', '25.00'),
        orderLine('CANDLE', 'Beeswax Candle', 1, '9.99', '9.99'),
      ],
      payments: [{ status: 'CAPTURED', amount: { amount: '39.94' } }],
      fulfillments: [],
      refunds: [],
      timeline: { edges: [{ node: { type: 'PLACED' } }, { node: { type: 'PAID' } }] },
    }
    const checkout = { id: expect.stringMatching(/^chk_/), status: 'COMPLETED' }
    expect(answer).toEqual({ checkout, order, nextAction: null, userErrors: [] })
    expect(await shopper.order(answer.order!.id, cart.headers)).toEqual(answer.order)

    await settled(shop)
    expect(await shopper.cart(cart)).toMatchObject({ status: 'CHECKED_OUT', lines: [{ quantity: 2 }, { quantity: 1 }] })
    expect(await stock('mug')).toEqual({ onHand: 8, reserved: 0, movements: ['-2 SALE 8', '10 RECEIPT 10'] })
    expect(await stock('candle')).toEqual({ onHand: 7, reserved: 0, movements: ['-1 SALE 7', '8 RECEIPT 8'] })
    expect(await learntOf(answer.order!)).toEqual([
      { quantity: 1, guest: true },
      { quantity: 2, guest: true },
    ])
    expect(subjectsOf(answer.order!)).toEqual(['Order N is confirmed'])
    const mail = mailsOf(shop).find((text) => text.includes(answer.order!.number))
    for (const text of ['Blue Mug', 'CANDLE', '39.94 GBP', 'VAT, included']) expect(mail).toContain(text)
  })

  test('is told what tax comes on top, and that there is no cart for strangers', async () => {
    const cart = await shopper.openCart([shop.goods.mug, 1])
    expect((await shopper.quote(cart, 'US')).shippingOptions[0]).toEqual({
      ...option('standard', 'Standard', '4.95', '1.27', '18.72'),
      tax: { name: 'Sales tax', rate: '7.25', included: false, amount: { amount: '1.27' } },
    })
    expect((await shopper.quote(cart, 'JP')).shippingOptions).toEqual([
      { ...option('standard', 'Standard', '4.95', '', '17.45'), tax: null },
      { ...option('parcel', 'Parcel by weight', '3.95', '', '16.45'), tax: null },
    ])
    expect(await shopper.quote({ ...cart, headers: {} })).toBeNull()
  })

  test('repeats a request: the same answer, byte for byte, and nothing moves; another one is refused', async () => {
    const cart = await shopper.openCart([shop.goods.mug, 1])
    const key = randomUUID()
    const first = await shopper.send(cart, checkoutInput('17.45'), key)
    expect(first.data.checkoutComplete.order!.status).toBe('CONFIRMED')
    const before = await standing(shop)
    const again = await Promise.all(Array.from({ length: 5 }, () => shopper.send(cart, checkoutInput('17.45'), key)))
    for (const { text } of again) expect(text).toBe(first.text)
    const { checkout, order, userErrors } = await shopper.complete(cart, checkoutInput('17.46'), key)
    expect([checkout, order]).toEqual([null, null])
    expect(userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['idempotencyKey'] }])
    const later = await shopper.complete(cart, checkoutInput('17.45'))
    expect([later.checkout!.status, later.order]).toEqual(['REFUSED', null])
    expect(later.userErrors).toMatchObject([{ code: 'CART_CHECKED_OUT', path: ['cartId'] }])
    expect(await standing(shop)).toEqual(before)
  })

  test('does 3-D Secure: stock and cart are held meanwhile, and it goes on from there', async () => {
    const cart = await shopper.openCart([shop.goods.lamp, 2])
    const input = checkoutInput('84.95', { paymentMethodToken: 'sandbox_3ds' })
    const waiting = await shopper.complete(cart, input)
    expect(waiting).toEqual({
      checkout: { id: expect.stringMatching(/^chk_/), status: 'ACTION_REQUIRED' },
      order: null,
      nextAction: { type: 'REDIRECT', url: expect.stringContaining('https://sandbox.example/3-d-secure/') },
      userErrors: [],
    })
    expect(await stock('lamp')).toEqual({ onHand: 5, reserved: 2, movements: ['5 RECEIPT 5'] })
    expect(await shopper.cart(cart)).toMatchObject({ status: 'CHECKING_OUT', lines: [{ availability: null }] })
    const add = `mutation ($id: ID!, $lines: [CartLineInput!]!) { cartLinesAdd(cartId: $id, lines: $lines) { cart { id } userErrors { code } } }`
    const lines = [{ variantId: shop.goods.mug.variantId }]
    const { data } = await ask(shop.url, add, { id: cart.id, lines }, cart.headers)
    expect(data).toEqual({ cartLinesAdd: { cart: null, userErrors: [{ code: 'CART_LOCKED' }] } })
    const rival = await shopper.complete(cart, checkoutInput('84.95'))
    expect(rival.userErrors).toMatchObject([{ code: 'CART_LOCKED', path: ['cartId'] }])

    const { id } = waiting.checkout!
    expect(await shopper.checkout(id, {})).toBeNull()
    const stranger = await shopper.continue(id, {})
    expect(stranger).toMatchObject({ checkout: null, order: null, userErrors: [{ code: 'NOT_FOUND' }] })
    const { checkout, order, nextAction, userErrors } = await shopper.continue(id, cart.headers)
    expect([checkout, nextAction, userErrors]).toEqual([{ id, status: 'COMPLETED' }, null, []])
    expect(order).toMatchObject({
      status: 'CONFIRMED',
      payments: [{ status: 'CAPTURED', amount: { amount: '84.95' } }],
    })
    await settled(shop)
    expect(await stock('lamp')).toEqual({ onHand: 3, reserved: 0, movements: ['-2 SALE 3', '5 RECEIPT 5'] })
    expect(await shopper.checkout(id, cart.headers)).toMatchObject({
      status: 'COMPLETED',
      order: { number: order!.number },
    })
  })

  test('who fails 3-D Secure is declined, and all that was held is let go of', async () => {
    const cart = await shopper.openCart([shop.goods.lamp, 1])
    const before = await standing(shop)
    const waiting = await shopper.complete(cart, checkoutInput('44.95', { paymentMethodToken: 'sandbox_3ds_failed' }))
    const { checkout, order, userErrors } = await shopper.continue(waiting.checkout!.id, cart.headers)
    expect([checkout!.status, order]).toEqual(['REFUSED', null])
    expect(userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED', declineCode: 'authentication_failed' }])
    expect(await standing(shop)).toEqual(before)
  })

  test('calls the order off with the token: stock, money and what was learnt go back, and mails say so', async () => {
    const cart = await shopper.openCart([shop.goods.chair, 3])
    const order = await shopper.buy(cart)
    await settled(shop)
    const cancelMutation = (key: string) =>
      `orderCancel(orderId: "${order.id}", reason: CUSTOMER, idempotencyKey: "${key}")`
    const bob = await signIn(shop.url, 'bob@example.com')
    const other = await shopper.openCart([shop.goods.mug, 1])
    const before = await standing(shop)
    for (const headers of [{}, other.headers, bob])
      expect(await shopper.change(cancelMutation('k'), headers)).toMatchObject({
        order: null,
        userErrors: [{ code: 'NOT_FOUND', path: ['orderId'] }],
      })
    expect(await standing(shop)).toEqual(before)

    const { order: cancelled, userErrors } = await shopper.change(cancelMutation('k'), cart.headers)
    expect(userErrors).toEqual([])
    expect(cancelled).toMatchObject({ status: 'CANCELLED', cancelReason: 'CUSTOMER', refunded: { amount: '364.95' } })
    await settled(shop)
    const after = await shopper.order(order.id, cart.headers)
    expect(after).toMatchObject({ refunds: [{ amount: { amount: '364.95' }, lines: [] }] })
    expect(eventTypes(after)).toEqual(['PLACED', 'PAID', 'CANCELLED', 'REFUNDED'])
    expect(await stock('chair')).toEqual({
      onHand: 4,
      reserved: 0,
      movements: ['3 CANCELLATION 4', '-3 SALE 1', '4 RECEIPT 4'],
    })
    expect(await learntOf(order)).toEqual([])
    expect(subjectsOf(order)).toEqual(['Order N is cancelled', 'Order N is confirmed', 'Refund for order N'])
    expect(await moneyOf(order)).toEqual([{ status: 'CAPTURED', amount: '36495', refunded: '36495' }])

    const then = await standing(shop)
    expect((await shopper.change(cancelMutation('k'), cart.headers)).order).toEqual(after)
    expect((await shopper.change(cancelMutation('another'), cart.headers)).userErrors).toMatchObject([
      { code: 'NOT_CANCELLABLE', path: ['orderId'] },
    ])
    expect(await standing(shop)).toEqual(then)
  })
})

describe('a user', () => {
  test('signs in, merges a guest’s cart, buys, and sees the order among theirs, which nobody else does', async () => {
    const guests = await shopper.openCart([shop.goods.quilt, 2])
    const ada = await signIn(shop.url, 'ada@example.com')
    const bought = async (headers: Headers) =>
      (
        await ask<{ product: { purchasedByViewer: boolean | null } }>(
          shop.url,
          'query ($id: ID!) { product(id: $id) { purchasedByViewer } }',
          { id: shop.goods.quilt.productId },
          headers,
        )
      ).data.product.purchasedByViewer
    expect(await bought(ada)).toBe(false)
    const merge =
      'mutation ($token: String!) { cartMerge(guestCartToken: $token) { cart { id status } userErrors { code } } }'
    const { data } = await ask<{ cartMerge: { cart: { id: string } } }>(shop.url, merge, { token: guests.token }, ada)
    expect(data).toMatchObject({ cartMerge: { cart: { status: 'ACTIVE' }, userErrors: [] } })
    const cart = { id: data.cartMerge.cart.id, token: '', headers: ada }
    expect((await shopper.complete(guests, checkoutInput('164.93'))).userErrors).toMatchObject([{ code: 'NOT_FOUND' }])
    const order = await shopper.buy(cart)
    expect(order).toMatchObject({ status: 'CONFIRMED', total: { amount: '164.93', currencyCode: 'GBP' } })
    await settled(shop)

    const mine =
      '{ viewer { cart { id } orders { totalCount edges { node { id number total { amount } customer { email } } } } } }'
    expect((await ask(shop.url, mine, {}, ada)).data).toEqual({
      viewer: {
        cart: null,
        orders: {
          totalCount: 1,
          edges: [
            {
              node: {
                id: order.id,
                number: order.number,
                total: { amount: '164.93' },
                customer: { email: 'ada@example.com' },
              },
            },
          ],
        },
      },
    })
    const bob = await signIn(shop.url, 'bob@example.com')
    expect([await bought(ada), await bought(bob), await bought({})]).toEqual([true, false, null])
    expect(await learntOf(order)).toEqual([{ quantity: 2, guest: false }])
    expect(await stock('quilt')).toEqual({ onHand: 4, reserved: 0, movements: ['-2 SALE 4', '6 RECEIPT 6'] })

    for (const headers of [bob, {}, { 'cart-token': guests.token }]) {
      expect(await shopper.order(order.id, headers)).toBeNull()
      const { data: node } = await ask(
        shop.url,
        'query ($id: ID!) { node(id: $id) { ... on Order { number } } }',
        { id: order.id },
        headers,
      )
      expect(node).toMatchObject({ node: null })
    }
    expect((await ask(shop.url, mine, {}, bob)).data).toMatchObject({
      viewer: { orders: { totalCount: 0, edges: [] } },
    })
    expect(await shopper.order(order.id, shop.staff)).toMatchObject({ number: order.number })
  })
})

describe('staff', () => {
  test('send an order in two parts, and give back one unit that can be sold again', async () => {
    const cart = await shopper.openCart([shop.goods.kettle, 3], [shop.goods.clock, 1])
    const order = await shopper.buy(cart)
    expect(order.total.amount).toBe('129.94')
    await settled(shop)
    const [kettles, clock] = order.lines.map(({ id }) => id)
    const fulfill = (lines: string, key: string) =>
      `orderFulfill(orderId: "${order.id}", lines: [${lines}], trackingNumber: "1Z 999", idempotencyKey: "${key}")`
    const refund = (quantity: number, key: string) =>
      `orderRefund(orderId: "${order.id}", lines: [{ orderLineId: "${kettles}", quantity: ${quantity} }], reason: "dented", idempotencyKey: "${key}")`

    const before = await standing(shop)
    for (const mutation of [fulfill(`{ orderLineId: "${kettles}", quantity: 1 }`, 'f0'), refund(1, 'r0')]) {
      const { errors } = await ask(shop.url, `mutation { change: ${mutation} { order { id } } }`, {}, cart.headers)
      expect(errors!.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED'])
    }
    expect(await standing(shop)).toEqual(before)

    const first = await shopper.change(fulfill(`{ orderLineId: "${kettles}", quantity: 2 }`, 'f1'), shop.staff)
    expect(first.order).toMatchObject({
      status: 'PARTIALLY_FULFILLED',
      lines: [{ fulfilledQuantity: 2 }, { fulfilledQuantity: 0 }],
      fulfillments: [{ trackingNumber: '1Z 999', lines: [{ quantity: 2, orderLine: { id: kettles } }] }],
    })
    await settled(shop)
    const partly = await standing(shop)
    const tooMany = await shopper.change(fulfill(`{ orderLineId: "${kettles}", quantity: 2 }`, 'f2'), shop.staff)
    expect(tooMany).toMatchObject({
      order: null,
      userErrors: [{ code: 'NOT_FULFILLABLE', path: ['lines', '0', 'quantity'] }],
    })
    const tooLate = `orderCancel(orderId: "${order.id}", reason: CUSTOMER, idempotencyKey: "late")`
    expect((await shopper.change(tooLate, cart.headers)).userErrors).toMatchObject([{ code: 'NOT_CANCELLABLE' }])
    expect(await standing(shop)).toEqual(partly)

    const rest = `{ orderLineId: "${kettles}", quantity: 1 }, { orderLineId: "${clock}", quantity: 1 }`
    const second = await shopper.change(fulfill(rest, 'f3'), shop.staff)
    expect(second.order).toMatchObject({
      status: 'FULFILLED',
      lines: [{ fulfilledQuantity: 3 }, { fulfilledQuantity: 1 }],
    })
    const refunded = await shopper.change(refund(1, 'r1'), shop.staff)
    expect(refunded.order).toMatchObject({
      status: 'FULFILLED',
      refunded: { amount: '33.33' },
      lines: [{ refundedQuantity: 1 }, { refundedQuantity: 0 }],
      refunds: [
        {
          amount: { amount: '33.33' },
          reason: 'dented',
          lines: [{ quantity: 1, restocked: true, orderLine: { id: kettles } }],
        },
      ],
    })
    await settled(shop)
    expect(eventTypes(await shopper.order(order.id, cart.headers))).toEqual([
      'PLACED',
      'PAID',
      'SHIPPED',
      'FULFILLED',
      'REFUNDED',
    ])
    expect(await stock('kettle')).toEqual({
      onHand: 5,
      reserved: 0,
      movements: ['1 RETURN 5', '-3 SALE 4', '7 RECEIPT 7'],
    })
    expect(await stock('clock')).toEqual({ onHand: 2, reserved: 0, movements: ['-1 SALE 2', '3 RECEIPT 3'] })
    expect(await moneyOf(order)).toEqual([{ status: 'CAPTURED', amount: '12994', refunded: '3333' }])
    expect(subjectsOf(order)).toEqual([
      'Order N is confirmed',
      'Order N is on its way',
      'Order N is on its way',
      'Refund for order N',
    ])
    const done = await standing(shop)
    const more = await shopper.change(refund(3, 'r2'), shop.staff)
    expect(more).toMatchObject({ order: null, userErrors: [{ code: 'NOT_REFUNDABLE' }] })
    expect((await shopper.change(refund(1, 'r1'), shop.staff)).order!.status).toBe('FULFILLED')
    expect(await standing(shop)).toEqual(done)
  })
})

test('the examples of the playground buy, in their order', async () => {
  const run = async <Data>(file: string, variables: object, headers: Headers = {}) => {
    const { data, errors } = await ask<Data>(shop.url, exampleOperation(file), { ...variables }, headers)
    expect(errors).toBeUndefined()
    return data
  }
  const { variantId } = shop.goods.candle
  const { cartCreate } = await run<{ cartCreate: { cart: { id: string; version: number }; cartToken: string } }>(
    '6-cart-to-buy.graphql',
    { variantId, quantity: 2 },
  )
  expect(cartCreate).toMatchObject({ cart: { subtotal: { amount: '19.98' } }, userErrors: [] })
  const headers = { 'cart-token': cartCreate.cartToken }
  const cartId = cartCreate.cart.id
  const { checkoutQuote } = await run<{ checkoutQuote: { shippingOptions: { total: { amount: string } }[] } }>(
    '7-quote.graphql',
    { cartId },
    headers,
  )
  const total = checkoutQuote.shippingOptions[0]!.total.amount
  expect(total).toBe('24.93')
  for (const [card, declineCode] of [
    ['sandbox_declined', 'generic_decline'],
    ['sandbox_insufficient_funds', 'insufficient_funds'],
    ['sandbox_expired_card', 'expired_card'],
  ])
    expect(await run('8-buy.graphql', { cartId, total, card, idempotencyKey: card }, headers)).toMatchObject({
      checkoutComplete: { order: null, userErrors: [{ code: 'PAYMENT_DECLINED', declineCode }] },
    })
  const bought = await run('8-buy.graphql', { cartId, total }, headers)
  expect(bought).toMatchObject({
    checkoutComplete: {
      checkout: { status: 'COMPLETED' },
      order: {
        lines: [{ title: 'Beeswax Candle', quantity: 2, variant: { sku: 'CANDLE', title: 'Beeswax Candle' } }],
        payments: [{ status: 'CAPTURED', amount: { amount: '24.93' } }],
      },
      userErrors: [],
    },
  })
  expect(await run('8-buy.graphql', { cartId, total }, headers)).toEqual(bought)
})

/** What the payment provider's own books say of an order. */
const moneyOf = ({ number }: Pick<OrderAnswer, 'number'>) =>
  rowsOf<{ status: string; amount: string; refunded: string }>(
    shop.postgres.superuserUrl('postgres'),
    'orders',
    `select s.status, s.amount::text, s.refunded::text from sandbox_payment s
     join payment p on p.reference = s.id::text join customer_order o on o.id = p.order_id where o.number = $1`,
    [number],
  )

const option = (code: string, name: string, shipping: string, tax: string, total: string) => ({
  code,
  name,
  shipping: { amount: shipping },
  tax: { name: 'VAT', rate: '20.00', included: true, amount: { amount: tax } },
  total: { amount: total, currencyCode: 'GBP' },
})

const orderLine = (sku: string, title: string, quantity: number, unitPrice: string, lineTotal: string) => ({
  id: expect.stringMatching(/^oline_/),
  title,
  quantity,
  fulfilledQuantity: 0,
  refundedQuantity: 0,
  unitPrice: { amount: unitPrice },
  lineTotal: { amount: lineTotal },
  variant: { sku },
})
