import { randomUUID } from 'node:crypto'
import { guest, user } from '@cartograph/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  addLines,
  type CartData,
  type CartsAnswer,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  mergeCart,
  readCart,
  removeLines,
  variantId,
} from './carts-under-test.ts'
import { cartUuid, deliver, lock, orderEvent, priceEvent } from './messages-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())
afterEach(() => {
  carts.products.behaviour = 'answers'
  carts.inventory.behaviour = 'answers'
})

type Content = [variant: string, units: number]
const linesOf = (contents: Content[]) =>
  contents.map(([variant, quantity]) => ({ variantId: variantId(variant), quantity }))

async function guestWith(...contents: Content[]) {
  const { cart, cartToken } = (await carts.ask(guest(), createCart, { lines: linesOf(contents) })).data.cartCreate
  return { cart, token: cartToken }
}
async function userWith(...contents: Content[]) {
  const owner = user()
  const { cart } = (await carts.ask(owner, createCart, { lines: linesOf(contents) })).data.cartCreate
  return { owner, cart }
}
const merge = (owner: ReturnType<typeof user>, token: string, expectedVersion: number | null = null) =>
  carts.ask(owner, mergeCart, { token, expectedVersion })
const contentsOf = ({ lines }: CartData) => lines.map(({ variant, quantity }) => [variant.id, quantity])
const contents = (...expected: Content[]) => expected.map(([variant, units]) => [variantId(variant), units])
const readAs = async (viewer: ReturnType<typeof user>, { id }: CartData) =>
  (await carts.ask<{ cart: CartData & { status: string } }>(viewer, readCart, { id })).data.cart

/** The merge is refused with exactly these errors, and nothing that is stored has changed. */
async function expectRefusal(call: () => Promise<CartsAnswer>, ...userErrors: object[]): Promise<void> {
  const before = await carts.stored()
  const { data, errors } = await call()
  expect(errors).toBeUndefined()
  expect(data.cartMerge).toEqual({
    cart: null,
    capped: [],
    userErrors: userErrors.map((error) => expect.objectContaining(error)),
  })
  expect(await carts.stored()).toEqual(before)
}

describe('cartMerge', () => {
  test('adds up what both carts hold, in one write of the one, and leaves the other empty', async () => {
    const [shared, own, others] = [carts.products.sells(100), carts.products.sells(200), carts.products.sells(300)]
    const { owner, cart } = await userWith([own, 1], [shared, 2])
    const { cart: ofGuest, token } = await guestWith([others, 4], [shared, 3])
    const { data } = await merge(owner, token, 1)
    expect(data.cartMerge).toMatchObject({ capped: [], userErrors: [] })
    expect(data.cartMerge.cart).toMatchObject({
      id: cart.id,
      version: 2,
      totalQuantity: 10,
      subtotal: { amount: '19.00', currencyCode: 'GBP' },
    })
    expect(contentsOf(data.cartMerge.cart)).toEqual(contents([own, 1], [shared, 5], [others, 4]))
    expect(await readAs(owner, cart)).toEqual(data.cartMerge.cart)
    expect(await readAs(guest(token), ofGuest)).toMatchObject({ status: 'MERGED', version: 2, lines: [] })
  })

  test('opens a cart for a user who has none, in the currency of the guest', async () => {
    const variant = carts.products.sells(500, { currencyCode: 'EUR' })
    const { token } = await guestWith([variant, 2])
    const owner = user()
    const { data } = await merge(owner, token, 0)
    expect(data.cartMerge.cart).toMatchObject({
      version: 1,
      totalQuantity: 2,
      subtotal: { amount: '10.00', currencyCode: 'EUR' },
    })
    expect((await carts.ask(owner, createCart)).data.cartCreate.cart).toEqual(data.cartMerge.cart)
  })

  test('gives an empty cart the currency of the guest, and lets an empty one of the guest change none', async () => {
    const variant = carts.products.sells(500, { currencyCode: 'EUR' })
    const { owner } = await userWith()
    const { token } = await guestWith([variant, 1])
    expect((await merge(owner, token)).data.cartMerge.cart).toMatchObject({ subtotal: { currencyCode: 'EUR' } })
    const { token: ofEmpty } = await guestWith()
    const { data } = await merge(owner, ofEmpty)
    expect(data.cartMerge.cart).toMatchObject({ version: 3, totalQuantity: 1, subtotal: { currencyCode: 'EUR' } })
  })

  test('again answers the cart of the user as it has become, and changes nothing', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWith([variant, 1])
    const { token } = await guestWith([variant, 2])
    await merge(owner, token)
    await carts.ask(owner, addLines, { cartId: cart.id, lines: linesOf([[variant, 10]]) })
    const asked = carts.products.asked.length
    const before = await carts.stored()
    for (const expectedVersion of [null, 1, 99]) {
      const { data } = await merge(owner, token, expectedVersion)
      expect(data.cartMerge).toMatchObject({
        cart: { id: cart.id, version: 3, totalQuantity: 13 },
        capped: [],
        userErrors: [],
      })
    }
    expect(await carts.stored()).toEqual(before)
    expect(carts.products.asked).toHaveLength(asked)
    const checkoutId = randomUUID()
    await lock(carts, checkoutId, cart, { userId: owner.id })
    expect((await merge(owner, token)).data.cartMerge.cart).toMatchObject({ id: cart.id, status: 'CHECKING_OUT' })
    await deliver(carts, orderEvent(checkoutId, cart))
    expect((await merge(owner, token)).data.cartMerge.cart).toMatchObject({ id: cart.id, status: 'CHECKED_OUT' })
    const { cart: next } = (await carts.ask(owner, createCart)).data.cartCreate
    expect((await merge(owner, token)).data.cartMerge.cart).toMatchObject({ id: next.id, status: 'ACTIVE' })
  })

  test('reports all that did not fit', async () => {
    const [short, out, withdrawn, many] = Array.from({ length: 4 }, () => carts.products.sells())
    const { owner } = await userWith([short!, 3], [many!, 9_000])
    const { token } = await guestWith([short!, 4], [out!, 1], [withdrawn!, 2], [many!, 2_000])
    carts.inventory.available.set(short!, 5).set(out!, 0)
    carts.products.offers.set(withdrawn!, { unitPrice: 1, currencyCode: 'GBP', purchasable: false })
    const { data } = await merge(owner, token)
    const capped = (variant: string, wanted: number, quantity: number, reason: string) => ({
      variant: { id: variantId(variant) },
      wanted,
      quantity,
      reason,
    })
    expect(data.cartMerge.capped).toEqual([
      capped(short!, 7, 5, 'INSUFFICIENT_STOCK'),
      capped(out!, 1, 0, 'INSUFFICIENT_STOCK'),
      capped(withdrawn!, 2, 0, 'NOT_FOR_SALE'),
      capped(many!, 11_000, 9_999, 'LINE_LIMIT'),
    ])
    expect(contentsOf(data.cartMerge.cart)).toEqual(contents([short!, 5], [many!, 9_999]))
  })

  test('reports lines for which there is no room', async () => {
    const full = Array.from({ length: 100 }, (): Content => [carts.products.sells(), 1])
    const { owner } = await userWith(...full.slice(0, 99))
    const { token } = await guestWith(full[99]!, [carts.products.sells(), 2], [full[0]![0], 1])
    const { data } = await merge(owner, token)
    expect(data.cartMerge.cart.lines).toHaveLength(100)
    expect(data.cartMerge.cart.totalQuantity).toBe(101)
    expect(data.cartMerge.capped).toMatchObject([{ wanted: 2, quantity: 0, reason: 'CART_LIMIT' }])
  })

  test('takes the price of today, and where it cannot be had that of the guest, with what was heard since', async () => {
    const variant = carts.products.sells(1_000)
    const [one, other] = [await guestWith([variant, 1]), await guestWith([variant, 1])]
    await deliver(carts, priceEvent(variant, 2, 1_200))
    const linesAfter = async (token: string) => {
      const owner = user()
      await merge(owner, token)
      const { cart } = (await carts.ask(owner, createCart)).data.cartCreate
      return carts.sql(`select unit_price, current_unit_price, price_version from cart_line where cart_id = $1`, [
        cartUuid(cart),
      ])
    }
    carts.products.behaviour = 'is down'
    expect(await linesAfter(one.token)).toEqual([{ unit_price: 1_000, current_unit_price: 1_200, price_version: 2 }])
    carts.products.behaviour = 'answers'
    carts.products.offers.set(variant, { unitPrice: 1_300, currencyCode: 'GBP', purchasable: true, version: 3 })
    expect(await linesAfter(other.token)).toEqual([{ unit_price: 1_300, current_unit_price: 1_300, price_version: 3 }])
  })

  test.for(['fails', 'talks nonsense', 'is down', 'hangs'] as const)(
    'caps nothing by stock when inventory %s',
    async (behaviour) => {
      const variant = carts.products.sells()
      const { token } = await guestWith([variant, 5])
      carts.inventory.available.set(variant, 1)
      carts.inventory.behaviour = behaviour
      const { data } = await merge(user(), token)
      expect(data.cartMerge).toMatchObject({ cart: { totalQuantity: 5 }, capped: [] })
    },
  )

  test('is refused, and nothing moves', async () => {
    const [pounds, euros] = [carts.products.sells(), carts.products.sells(1, { currencyCode: 'EUR' })]
    const { owner, cart } = await userWith([pounds, 1])
    const path = ['guestCartToken']
    for (const token of ['', 'nonsense', randomUUID()]) {
      await expectRefusal(() => merge(owner, token), { __typename: 'NotFoundError', code: 'NOT_FOUND', path })
    }
    const foreign = await guestWith([euros, 1])
    await expectRefusal(() => merge(owner, foreign.token), { code: 'CURRENCY_MISMATCH', path })
    const { token } = await guestWith([pounds, 1])
    for (const expectedVersion of [0, 2]) {
      await expectRefusal(() => merge(owner, token, expectedVersion), {
        code: 'CART_VERSION_CONFLICT',
        currentVersion: 1,
      })
    }
    await expectRefusal(() => merge(user(), token, 1), { code: 'CART_VERSION_CONFLICT', currentVersion: 0 })
    const gone = await guestWith([pounds, 1])
    await carts.sql(`update cart set status = 'ABANDONED' where id = $1`, [cartUuid(gone.cart)])
    await expectRefusal(() => merge(owner, gone.token), { code: 'NOT_FOUND', path })
    const bought = await guestWith([pounds, 1])
    await carts.sql(`update cart set status = 'CHECKED_OUT' where id = $1`, [cartUuid(bought.cart)])
    await expectRefusal(() => merge(owner, bought.token), { code: 'CART_CHECKED_OUT', path })
    const held = await guestWith([pounds, 1])
    await carts.sql(`update cart set locked_by = $2 where id = $1`, [cartUuid(held.cart), randomUUID()])
    for (const viewer of [owner, user()]) {
      await expectRefusal(() => merge(viewer, held.token), { code: 'CART_LOCKED', path })
    }
    const another = user()
    await merge(another, (await guestWith([pounds, 1])).token)
    const { token: taken } = await guestWith([pounds, 1])
    await merge(another, taken)
    await expectRefusal(() => merge(owner, taken), { code: 'NOT_FOUND', path })
    await lock(carts, randomUUID(), cart, { userId: owner.id })
    await expectRefusal(() => merge(owner, token), { code: 'CART_LOCKED', path: null })
  })

  test('leaves the guest without a cart that could be changed or bought', async () => {
    const variant = carts.products.sells()
    const { cart, token } = await guestWith([variant, 2])
    const { owner } = await userWith()
    await merge(owner, token)
    const before = await carts.stored()
    for (const [operation, variables] of [
      [addLines, { cartId: cart.id, lines: linesOf([[variant, 1]]) }],
      [removeLines, { cartId: cart.id, lineIds: [cart.lines[0]!.id] }],
    ] as const) {
      const { data } = await carts.ask(guest(token), operation, variables)
      expect(Object.values(data)).toMatchObject([{ cart: null, userErrors: [{ code: 'NOT_FOUND' }] }])
    }
    expect(await carts.stored()).toEqual(before)
  })

  test('is shown to the rest of its request', async () => {
    const variant = carts.products.sells()
    const { cart, token } = await guestWith([variant, 2])
    const { owner } = await userWith([variant, 1])
    const { data } = await carts.ask<object>(
      user(owner.id!, [], token),
      `mutation ($token: String!, $id: ID!, $lines: [CartLineInput!]!) {
        merged: cartMerge(guestCartToken: $token) { cart { totalQuantity } }
        refused: cartLinesAdd(cartId: $id, lines: $lines) { userErrors { code } }
        again: cartMerge(guestCartToken: $token) { cart { version totalQuantity } }
      }`,
      { token, id: cart.id, lines: linesOf([[variant, 1]]) },
    )
    expect(data).toEqual({
      merged: { cart: { totalQuantity: 3 } },
      refused: { userErrors: [{ code: 'NOT_FOUND' }] },
      again: { cart: { version: 2, totalQuantity: 3 } },
    })
  })

  test.for([1, 50])('of %i lines asks each service once, and takes as many statements', async (count) => {
    const variants = Array.from({ length: count }, (): Content => [carts.products.sells(), 1])
    const verbsOf = async (owner: ReturnType<typeof user>, token: string) =>
      (await carts.statementsOf(() => merge(owner, token))).map((text) => /^\s*(\w+)/.exec(text)![1]!.toLowerCase())
    const { owner } = await userWith(...variants)
    const { token } = await guestWith(...variants)
    const asked = carts.products.asked.length
    expect((await verbsOf(owner, token)).join(' ')).toBe('select select begin select select with with commit')
    expect(carts.products.asked.slice(asked)).toHaveLength(1)
    expect((await verbsOf(owner, token)).join(' ')).toBe('select begin select select commit select')
    const { token: another } = await guestWith(...variants)
    expect((await verbsOf(user(), another)).join(' ')).toBe('select select begin select insert select with with commit')
  })
})
