import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { address, buy, checkoutInput, guestWithCart, type ShopUnderTest, startShop } from './shop-under-test.ts'

let shop: ShopUnderTest
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.stop())

type Buyer = ReturnType<typeof guestWithCart>

/** All that a refused checkout must leave as it was: orders, money, stock, events, mails, jobs and the cart. */
async function standing(buyer: Buyer) {
  // What earlier purchases have set off is done first.
  await eventually(async () =>
    expect(
      await shop.orders.sql(`select name from pgboss.job where state < 'completed' and name <> 'checkouts'`),
    ).toEqual([]),
  )
  const { checkout: _, sandbox_payment: payments, ...stored } = await shop.stored()
  const held = payments!.filter(({ status }) => status === 'AUTHORIZED' || status === 'CAPTURED')
  return {
    stored,
    held,
    available: [...shop.available],
    reserved: [...shop.reserved],
    events: shop.events.length,
    mails: shop.mails().length,
    // The jobs of ended checkouts are taken away a moment later, and do nothing until then.
    jobs: await shop.orders.sql(
      `select name, state from pgboss.job j where state < 'completed'
       and not exists (select from checkout c where c.id = j.id and c.ended_at is not null)`,
    ),
    cart: structuredClone(shop.carts.get(buyer.cartId)),
  }
}

/** Refused, with exactly these errors, and nothing has moved. */
async function refused(buyer: Buyer, input: object, userErrors: object[]) {
  const before = await standing(buyer)
  const answer = await buy(shop, buyer, input)
  expect(answer.userErrors).toEqual(userErrors.map((error) => expect.objectContaining(error)))
  expect([answer.order, answer.nextAction]).toEqual([null, null])
  expect(await standing(buyer)).toEqual(before)
  return answer
}

const variant = (buyer: Buyer, line = 0) => ({ id: toGlobalId('ProductVariant', buyer.lines[line]!.variantId) })

describe('of the stock', () => {
  test('each variant that is short is named, with how many there are, and the other is not held', async () => {
    const buyer = guestWithCart(shop, { quantity: 3, stock: 2 }, { quantity: 1 }, { quantity: 2, stock: 0 })
    const { checkout } = await refused(buyer, checkoutInput('79.95'), [
      { __typename: 'OutOfStockError', code: 'OUT_OF_STOCK', requested: 3, available: 2, variant: variant(buyer) },
      { __typename: 'OutOfStockError', code: 'OUT_OF_STOCK', requested: 2, available: 0, variant: variant(buyer, 2) },
    ])
    expect(checkout!.status).toBe('REFUSED')
  })
})

describe('in a rush for what is sold out', () => {
  const input = checkoutInput('17.45')

  test('the next are refused in the same words, before anything is held, and for good', async () => {
    await refused(guestWithCart(shop, { stock: 0 }), input, [{ code: 'OUT_OF_STOCK' }])
    const [buyer, key] = [guestWithCart(shop, { stock: 0 }), randomUUID()]
    const from = shop.sent.length
    const answer = await buy(shop, buyer, input, key)
    expect(answer.checkout!.status).toBe('REFUSED')
    expect(answer.userErrors).toMatchObject([
      { code: 'OUT_OF_STOCK', requested: 1, available: 0, variant: variant(buyer) },
    ])
    expect(shop.sent.slice(from)).toEqual([
      '/questions/carts.cart-contents.v1',
      '/questions/inventory.variant-availability.v1',
    ])
    // Units that come back are for another key.
    shop.available.set(buyer.lines[0]!.variantId, 5)
    expect(await buy(shop, buyer, input, key)).toEqual(answer)
    const other = await buy(shop, buyer, checkoutInput('17.46'), key)
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }])
    // What inventory has said serves others for a twentieth of a second.
    await eventually(async () => expect((await buy(shop, buyer, input)).order).toMatchObject({ status: 'CONFIRMED' }))
  })

  test('who can be served is served, and so is everybody when nobody knows', async () => {
    await refused(guestWithCart(shop, { stock: 0 }), input, [{ code: 'OUT_OF_STOCK' }])
    expect((await buy(shop, guestWithCart(shop, {}), input)).order).toMatchObject({ status: 'CONFIRMED' })
    await refused(guestWithCart(shop, { stock: 0 }), input, [{ code: 'OUT_OF_STOCK' }])
    shop.befalls('/questions/inventory.variant-availability.v1', 'fails')
    expect((await buy(shop, guestWithCart(shop, {}), input)).order).toMatchObject({ status: 'CONFIRMED' })
  })

  test('a cart that is not theirs is not looked into', async () => {
    await refused(guestWithCart(shop, { stock: 0 }), input, [{ code: 'OUT_OF_STOCK' }])
    const stranger = { ...guestWithCart(shop, { stock: 0 }), viewer: guest(randomUUID()) }
    await refused(stranger, input, [{ code: 'NOT_FOUND' }])
  })
})

describe('of the money', () => {
  test.each([
    ['sandbox_declined', 'generic_decline'],
    ['sandbox_insufficient_funds', 'insufficient_funds'],
    ['sandbox_expired_card', 'expired_card'],
    ['no_such_card', 'unknown_payment_method'],
  ])('%s is declined', async (paymentMethodToken, declineCode) => {
    await refused(guestWithCart(shop, { quantity: 2 }), checkoutInput('29.95', { paymentMethodToken }), [
      { __typename: 'PaymentDeclinedError', code: 'PAYMENT_DECLINED', declineCode },
    ])
  })

  test('a total that is another than the buyer expected', async () => {
    const currentTotal = { amount: '29.95', currencyCode: 'GBP' }
    const buyer = guestWithCart(shop, { quantity: 2 })
    const expectation = [{ __typename: 'TotalChangedError', code: 'TOTAL_CHANGED', currentTotal }]
    await refused(buyer, checkoutInput('29.94'), expectation)
    await refused(buyer, checkoutInput('', { expectedTotal: { amount: '29.95', currencyCode: 'EUR' } }), expectation)
    shop.offers.get(buyer.lines[0]!.variantId)!.unitPrice = 1_300
    await refused(buyer, checkoutInput('29.95'), [{ currentTotal: { amount: '30.95', currencyCode: 'GBP' } }])
  })
})

describe('of the cart', () => {
  test('that is nobody’s, somebody else’s, or a user’s', async () => {
    const buyer = guestWithCart(shop, {})
    const notFound = [{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['cartId'] }]
    const users = shop.putCart({ userId: randomUUID(), lines: buyer.lines })
    await refused({ ...buyer, globalCartId: toGlobalId('Cart', randomUUID()) }, checkoutInput('17.45'), notFound)
    await refused({ ...buyer, globalCartId: toGlobalId('Cart', users) }, checkoutInput('17.45'), notFound)
    for (const viewer of [guest(), guest(randomUUID()), user()])
      await refused({ ...buyer, viewer }, checkoutInput('17.45'), notFound)
  })

  test('that is empty, bought, being bought, or changed', async () => {
    const buyer = guestWithCart(shop, {})
    const cart = shop.carts.get(buyer.cartId)!
    const lines = cart.lines.splice(0)
    await refused(buyer, checkoutInput('4.95'), [{ code: 'CART_EMPTY' }])
    cart.lines.push(...lines)
    cart.lockedBy = randomUUID()
    await refused(buyer, checkoutInput('17.45'), [{ code: 'CART_LOCKED' }])
    cart.lockedBy = null
    await refused(buyer, checkoutInput('17.45', { expectedCartVersion: 2 }), [
      { __typename: 'CartChangedError', code: 'CART_CHANGED', currentVersion: 3 },
    ])
    cart.checkedOut = true
    await refused(buyer, checkoutInput('17.45'), [{ code: 'CART_CHECKED_OUT' }])
  })

  test('with something that is no longer for sale', async () => {
    const buyer = guestWithCart(shop, {}, {})
    shop.offers.get(buyer.lines[1]!.variantId)!.purchasable = false
    await refused(buyer, checkoutInput('29.95'), [
      { __typename: 'NotForSaleError', code: 'NOT_FOR_SALE', variant: variant(buyer, 1) },
    ])
    shop.offers.delete(buyer.lines[1]!.variantId)
    await refused(buyer, checkoutInput('29.95'), [{ code: 'NOT_FOR_SALE', variant: variant(buyer, 1) }])
  })
})

describe('of the way there', () => {
  test.each([
    ['unknown', { shippingMethodCode: 'teleport' }],
    ['not to this country', { shippingMethodCode: 'express', shippingAddress: { ...address, countryCode: 'JP' } }],
  ])('a shipping method that is %s', async (_, changes) => {
    await refused(guestWithCart(shop, {}), checkoutInput('25.45', changes), [{ code: 'SHIPPING_UNAVAILABLE' }])
  })

  test('a parcel that is too heavy', async () => {
    const buyer = guestWithCart(shop, { quantity: 100 })
    shop.offers.get(buyer.lines[0]!.variantId)!.weight = 1_001
    await refused(buyer, checkoutInput('1289.95', { shippingMethodCode: 'parcel' }), [{ code: 'SHIPPING_UNAVAILABLE' }])
  })
})

describe('of the request, before anything is begun', () => {
  test.each([
    ['an address of mail', { email: 'ada' }, ['input', 'email']],
    [
      'a country',
      { shippingAddress: { ...address, countryCode: 'England' } },
      ['input', 'shippingAddress', 'countryCode'],
    ],
    ['a name', { shippingAddress: { ...address, fullName: ' ' } }, ['input', 'shippingAddress', 'fullName']],
    ['a card number', { paymentMethodToken: '4242 4242 4242 4242' }, ['input', 'paymentMethodToken']],
    [
      'a negative total',
      { expectedTotal: { amount: '-1', currencyCode: 'GBP' } },
      ['input', 'expectedTotal', 'amount'],
    ],
    [
      'a fraction of a penny',
      { expectedTotal: { amount: '1.005', currencyCode: 'GBP' } },
      ['input', 'expectedTotal', 'amount'],
    ],
  ])('%s that is none', async (_, changes, path) => {
    const checkouts = async () => shop.orders.sql('select count(*)::int from checkout')
    const before = await checkouts()
    const { checkout } = await refused(guestWithCart(shop, {}), checkoutInput('17.45', changes), [
      { code: 'INVALID_INPUT', path },
    ])
    expect(checkout).toBeNull()
    expect(await checkouts()).toEqual(before)
  })

  test.each(['', 'x'.repeat(201), 'two words', 'ünï'])('the idempotency key %j', async (key) => {
    const { userErrors, checkout } = await buy(shop, guestWithCart(shop, {}), checkoutInput('17.45'), key)
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['idempotencyKey'] }])
    expect(checkout).toBeNull()
  })
})

test('a checkout that waits longer than a quarter of an hour is given up, and what it held is let go of', async () => {
  const buyer = guestWithCart(shop, { stock: 4 })
  const before = await standing(buyer)
  const waiting = await buy(shop, buyer, checkoutInput('17.45', { paymentMethodToken: 'sandbox_3ds' }))
  expect(waiting.checkout!.status).toBe('ACTION_REQUIRED')
  await shop.orders.sql(`update checkout set created_at = created_at - interval '16 minutes' where ended_at is null`)
  const query = `{ checkout(id: "${waiting.checkout!.id}") { status nextAction { url } userErrors { code } } }`
  await eventually(
    async () =>
      expect(await shop.orders.ask(buyer.viewer, query)).toEqual({
        data: { checkout: { status: 'REFUSED', nextAction: null, userErrors: [{ code: 'CHECKOUT_EXPIRED' }] } },
      }),
    { timeoutMs: 15_000 },
  )
  expect(await standing(buyer)).toEqual(before)
  const [payment] = await shop.orders.sql(`select status from sandbox_payment order by opened_at desc limit 1`)
  expect(payment).toEqual({ status: 'VOIDED' })
})
