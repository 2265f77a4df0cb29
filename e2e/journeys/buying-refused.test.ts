import { randomUUID } from 'node:crypto'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from '../src/shop-client.ts'
import { address, checkoutInput, shopperAt, type ShoppersCart, stockOf } from '../src/shopper.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { settled, standing } from '../src/standing.ts'

const sold = {
  mug: { title: 'Blue Mug', price: 1_250, stock: 50 },
  clock: { title: 'Wall Clock', price: 2_500, stock: 20 },
  vase: { title: 'Glass Vase', price: 1_800, stock: 20 },
  lamp: { title: 'Desk Lamp', price: 4_000, stock: 3 },
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

/** Refused with exactly these errors, and neither stock nor cart nor orders nor money nor mails have moved. */
async function refused(cart: ShoppersCart, input: object, userErrors: object[], key: string = randomUUID()) {
  const before = await standing(shop)
  const answer = await shopper.complete(cart, input, key)
  expect(answer.userErrors).toEqual(userErrors.map((error) => expect.objectContaining(error)))
  expect([answer.order, answer.nextAction]).toEqual([null, null])
  expect(await standing(shop)).toEqual(before)
  return answer
}

/** Lets staff do something with the catalogue. */
async function staffDo(mutation: string): Promise<void> {
  const { data, text } = await ask<{ done: { userErrors: [] } }>(
    shop.url,
    `mutation { done: ${mutation} { userErrors { code } } }`,
    {},
    shop.staff,
  )
  expect(data?.done, text).toEqual({ userErrors: [] })
}

test('a declined card: nothing is held, and another card with a new key buys the same cart', async () => {
  const cart = await shopper.openCart([shop.goods.mug, 2])
  const key = randomUUID()
  const declined = checkoutInput('29.95', { paymentMethodToken: 'sandbox_insufficient_funds' })
  const errors = [
    {
      __typename: 'PaymentDeclinedError',
      code: 'PAYMENT_DECLINED',
      declineCode: 'insufficient_funds',
      path: ['input', 'paymentMethodToken'],
    },
  ]
  const { checkout } = await refused(cart, declined, errors, key)
  expect(checkout!.status).toBe('REFUSED')
  // The key is that of an attempt which has ended: it is told again, and its card is not tried again.
  expect((await refused(cart, declined, errors, key)).checkout).toEqual(checkout)
  await refused(cart, checkoutInput('29.95'), [{ code: 'IDEMPOTENCY_KEY_REUSED' }], key)
  expect(await shopper.cart(cart)).toMatchObject({ status: 'ACTIVE', lines: [{ availability: 'AVAILABLE' }] })
  expect((await shopper.complete(cart, checkoutInput('29.95'))).order).toMatchObject({
    status: 'CONFIRMED',
    total: { amount: '29.95' },
    payments: [{ status: 'CAPTURED', amount: { amount: '29.95' } }],
  })
  await settled(shop)
  expect(await stockOf(shop.url, shop.goods.mug, shop.staff)).toEqual({
    onHand: 48,
    reserved: 0,
    movements: ['-2 SALE 48', '50 RECEIPT 50'],
  })
})

test('a price that changed since the quote: the new total is told, the cart shows it, and that total buys', async () => {
  const cart = await shopper.openCart([shop.goods.clock, 2], [shop.goods.mug, 1])
  const [standard] = (await shopper.quote(cart)).shippingOptions
  expect(standard!.total).toEqual({ amount: '67.45', currencyCode: 'GBP' })
  await staffDo(
    `variantPriceSet(variantId: "${shop.goods.clock.variantId}", price: { amount: "27.50", currencyCode: GBP })`,
  )
  await refused(cart, checkoutInput('67.45'), [
    {
      __typename: 'TotalChangedError',
      code: 'TOTAL_CHANGED',
      path: ['input', 'expectedTotal'],
      currentTotal: { amount: '72.45', currencyCode: 'GBP' },
    },
  ])
  await eventually(
    async () =>
      expect(await shopper.cart(cart)).toEqual({
        status: 'ACTIVE',
        lines: [line(2, 'AVAILABLE', '25.00', '27.50'), line(1, 'AVAILABLE', '12.50', '12.50')],
      }),
    { timeoutMs: 20_000 },
  )
  expect((await shopper.quote(cart)).shippingOptions[0]!.total).toEqual({ amount: '72.45', currencyCode: 'GBP' })
  const { order } = await shopper.complete(cart, checkoutInput('72.45'))
  expect(order).toMatchObject({
    total: { amount: '72.45' },
    lines: [{ unitPrice: { amount: '27.50' }, lineTotal: { amount: '55.00' } }, { unitPrice: { amount: '12.50' } }],
  })
})

test('a product that left the catalogue is named, in the cart, in the quote and by the checkout', async () => {
  const cart = await shopper.openCart([shop.goods.vase, 1], [shop.goods.mug, 1])
  await staffDo(`productUnpublish(productId: "${shop.goods.vase.productId}")`)
  expect(await shopper.cart(cart)).toEqual({
    status: 'ACTIVE',
    lines: [line(1, 'NOT_FOR_SALE', '18.00', '18.00'), line(1, 'AVAILABLE', '12.50', '12.50')],
  })
  const notForSale = {
    __typename: 'NotForSaleError',
    code: 'NOT_FOR_SALE',
    variant: { sku: 'VASE', title: 'Glass Vase' },
  }
  const quote = await shopper.quote(cart)
  expect(quote).toMatchObject({ subtotal: { amount: '12.50' }, problems: [notForSale] })
  await refused(cart, checkoutInput('35.45'), [notForSale])
  await staffDo(`productPublish(productId: "${shop.goods.vase.productId}")`)
  expect((await shopper.complete(cart, checkoutInput('35.45'))).order).toMatchObject({ status: 'CONFIRMED' })
})

test('what is sold out is named, in the cart and by the checkout', async () => {
  const [first, second] = [
    await shopper.openCart([shop.goods.lamp, 2]),
    await shopper.openCart([shop.goods.lamp, 2], [shop.goods.mug, 1]),
  ]
  expect(await shopper.cart(second)).toMatchObject({
    lines: [{ availability: 'AVAILABLE' }, { availability: 'AVAILABLE' }],
  })
  await shopper.buy(first)
  await settled(shop)
  expect(await shopper.cart(second)).toMatchObject({
    lines: [{ availability: 'INSUFFICIENT_STOCK' }, { availability: 'AVAILABLE' }],
  })
  const variant = { sku: 'LAMP', title: 'Desk Lamp' }
  await refused(second, checkoutInput('97.45'), [
    { __typename: 'OutOfStockError', code: 'OUT_OF_STOCK', requested: 2, available: 1, variant },
  ])
  expect(await stockOf(shop.url, shop.goods.lamp, shop.staff)).toEqual({
    onHand: 1,
    reserved: 0,
    movements: ['-2 SALE 1', '3 RECEIPT 3'],
  })
})

test('carts of others, none, empty, changed ones, and requests that make no sense', async () => {
  const cart = await shopper.openCart([shop.goods.mug, 1])
  const other = await shopper.openCart([shop.goods.mug, 1])
  const notFound = [{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['cartId'] }]
  await refused({ ...cart, headers: {} }, checkoutInput('17.45'), notFound)
  await refused({ ...cart, headers: other.headers }, checkoutInput('17.45'), notFound)
  await refused({ ...cart, headers: shop.staff }, checkoutInput('17.45'), notFound)
  const empty = await shopper.openCart()
  await refused(empty, checkoutInput('4.95'), [{ code: 'CART_EMPTY' }])
  await refused(cart, checkoutInput('17.45', { expectedCartVersion: 7 }), [
    { __typename: 'CartChangedError', code: 'CART_CHANGED', currentVersion: 1 },
  ])
  await refused(cart, checkoutInput('25.45', { shippingMethodCode: 'teleport' }), [{ code: 'SHIPPING_UNAVAILABLE' }])
  const toJapan = { shippingMethodCode: 'express', shippingAddress: { ...address, countryCode: 'JP' } }
  await refused(cart, checkoutInput('25.45', toJapan), [{ code: 'SHIPPING_UNAVAILABLE' }])
  for (const [changes, path] of [
    [{ email: 'ada' }, ['input', 'email']],
    [{ paymentMethodToken: '4242 4242 4242 4242' }, ['input', 'paymentMethodToken']],
    [{ shippingAddress: { ...address, countryCode: 'England' } }, ['input', 'shippingAddress', 'countryCode']],
  ] as const)
    await refused(cart, checkoutInput('17.45', changes), [{ code: 'INVALID_INPUT', path }])
  await refused(cart, checkoutInput('17.45'), [{ code: 'INVALID_INPUT', path: ['idempotencyKey'] }], 'two words')
})

const line = (quantity: number, availability: string, unitPrice: string, currentUnitPrice: string) => ({
  quantity,
  availability,
  priceChanged: unitPrice !== currentUnitPrice,
  unitPrice: { amount: unitPrice },
  currentUnitPrice: { amount: currentUnitPrice },
})
