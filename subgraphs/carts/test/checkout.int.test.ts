import { randomUUID } from 'node:crypto'
import { lockCart } from '@cartograph/contracts'
import { guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addLines,
  type CartData,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  readCart,
  removeLines,
  variantId,
} from './carts-under-test.ts'
import { type Buyer, cartUuid, contentsOf, deliver, hashOf, lock, orderEvent, unlock } from './messages-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())

/** A cart of two lines, for a user or a guest, and how orders would name who buys it. */
async function cartOfTwo(viewer = user()) {
  const variants = [carts.products.sells(100), carts.products.sells(200)]
  const lines = variants.map((variant, index) => ({ variantId: variantId(variant), quantity: index + 3 }))
  const { cart, cartToken } = (await carts.ask(viewer, createCart, { lines })).data.cartCreate
  const holder = cartToken === null ? viewer : guest(cartToken)
  const buyer: Buyer = cartToken === null ? { userId: viewer.id } : { cartTokenHash: hashOf(cartToken) }
  const contents = variants.map((id, index) => ({ variantId: id, quantity: index + 3 }))
  return { cart, holder, buyer, contents }
}
const locked = (contents: object[]) => ({ outcome: 'locked', version: 1, currencyCode: 'GBP', lines: contents })
const statusOf = async (viewer: ReturnType<typeof user>, cart: CartData) =>
  (await carts.ask<{ cart: { status: string; version: number } | null }>(viewer, readCart, { id: cart.id })).data.cart

/** All that is stored but what the inbox and the tombstones keep. */
async function storedCarts() {
  const { cart, cart_line: lines } = await carts.stored()
  return { cart, lines }
}

describe('lock-cart', () => {
  test.for([
    ['a user', () => user()],
    ['a guest', () => guest()],
  ] as const)('holds the cart of %s, and tells what is in it', async ([, viewer]) => {
    const { cart, holder, buyer, contents } = await cartOfTwo(viewer())
    expect(await lock(carts, randomUUID(), cart, buyer, { expectedVersion: 1 })).toEqual(locked(contents))
    expect(await statusOf(holder, cart)).toMatchObject({ status: 'CHECKING_OUT', version: 1 })
    const before = await carts.stored()
    const { data } = await carts.ask(holder, removeLines, { cartId: cart.id, lineIds: [cart.lines[0]!.id] })
    expect(data.cartLinesRemove).toMatchObject({ cart: null, userErrors: [{ code: 'CART_LOCKED' }] })
    expect(await carts.stored()).toEqual(before)
  })

  test('asked again by the same checkout, under the same key or another, answers the same', async () => {
    const { cart, buyer, contents } = await cartOfTwo()
    const checkoutId = randomUUID()
    expect(await lock(carts, checkoutId, cart, buyer)).toEqual(locked(contents))
    const before = await storedCarts()
    expect(await lock(carts, checkoutId, cart, buyer)).toEqual(locked(contents))
    expect(await lock(carts, checkoutId, cart, buyer, { key: 'another' })).toEqual(locked(contents))
    expect(await storedCarts()).toEqual(before)
    expect((await carts.stored())['inbox']).toHaveLength(before.cart!.length + 1)
  })

  test('is refused, and nothing is held', async () => {
    const { cart, buyer, holder } = await cartOfTwo()
    const { cart: ofGuest, buyer: guestBuyer } = await cartOfTwo(guest())
    const { cart: empty } = (await carts.ask(user(), createCart)).data.cartCreate
    const [{ user_id: ofEmpty }] = (await carts.sql<{ user_id: string }>('select user_id from cart where id = $1', [
      cartUuid(empty),
    ])) as [{ user_id: string }]
    const { cart: bought, buyer: oldBuyer } = await cartOfTwo()
    await carts.sql(`update cart set status = 'CHECKED_OUT' where id = $1`, [cartUuid(bought)])
    const { cart: gone, buyer: goneBuyer } = await cartOfTwo(guest())
    await carts.sql(`update cart set status = 'ABANDONED' where id = $1`, [cartUuid(gone)])
    const { cart: taken, buyer: takenBuyer } = await cartOfTwo()
    await lock(carts, randomUUID(), taken, takenBuyer)
    const unknown = { ...cart, id: cart.id.replace(/.{4}$/, '0000') }
    const before = await storedCarts()
    const attempts: [CartData, Buyer, number | null, string][] = [
      [unknown, buyer, null, 'not-found'],
      [cart, { userId: randomUUID() }, null, 'not-found'],
      [cart, {}, null, 'not-found'],
      [cart, guestBuyer, null, 'not-found'],
      [ofGuest, buyer, null, 'not-found'],
      [ofGuest, {}, null, 'not-found'],
      ...['', 'nonsense', hashOf('another'), `${guestBuyer.cartTokenHash}A`].map(
        (cartTokenHash): [CartData, Buyer, number | null, string] => [ofGuest, { cartTokenHash }, null, 'not-found'],
      ),
      [gone, goneBuyer, null, 'not-found'],
      [empty, { userId: ofEmpty }, 99, 'empty'],
      [bought, oldBuyer, 99, 'checked-out'],
      [taken, takenBuyer, 99, 'locked-by-another'],
    ]
    for (const [which, who, expectedVersion, outcome] of attempts) {
      expect(await lock(carts, randomUUID(), which, who, { expectedVersion })).toEqual({ outcome })
    }
    expect(await lock(carts, randomUUID(), cart, buyer, { expectedVersion: 2 })).toEqual({
      outcome: 'changed',
      currentVersion: 1,
    })
    expect(await storedCarts()).toEqual(before)
    expect(await statusOf(holder, cart)).toMatchObject({ status: 'ACTIVE' })
  })

  test('is for services alone, and for what the contract allows', async () => {
    const { cart, buyer } = await cartOfTwo()
    const before = await carts.stored()
    const input = { checkoutId: randomUUID(), cartId: cartUuid(cart), cartTokenHash: null, expectedVersion: null }
    const path = `/commands/${lockCart.name}`
    expect(await carts.post(path, { key: 'k', input })).toMatchObject({ status: 400 })
    const unsigned = await fetch(`${carts.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: 'k', input: { ...input, ...buyer } }),
    })
    expect(unsigned.status).toBe(401)
    expect(await carts.stored()).toEqual(before)
    const key = randomUUID()
    await lock(carts, input.checkoutId, cart, buyer, { key })
    const locks = await carts.stored()
    expect(await carts.post(path, { key, input: { ...input, userId: null } })).toMatchObject({ status: 409 })
    expect(await carts.stored()).toEqual(locks)
  })
})

describe('unlock-cart', () => {
  test('lets go, so that the cart is changed and bought again', async () => {
    const { cart, holder, buyer, contents } = await cartOfTwo()
    const checkoutId = randomUUID()
    await lock(carts, checkoutId, cart, buyer)
    await unlock(carts, checkoutId, cart)
    expect(await statusOf(holder, cart)).toMatchObject({ status: 'ACTIVE', version: 1 })
    const lines = [{ variantId: variantId(contents[0]!.variantId) }]
    expect((await carts.ask(holder, addLines, { cartId: cart.id, lines })).data.cartLinesAdd.cart.version).toBe(2)
    expect(await lock(carts, randomUUID(), cart, buyer)).toMatchObject({ outcome: 'locked', version: 2 })
  })

  test('does nothing to a cart that another checkout holds', async () => {
    const { cart, buyer } = await cartOfTwo()
    await lock(carts, randomUUID(), cart, buyer)
    const before = await storedCarts()
    await unlock(carts, randomUUID(), cart)
    expect(await storedCarts()).toEqual(before)
  })

  test('before its lock, or between two of them, makes the later lock hold nothing', async () => {
    const { cart, holder, buyer } = await cartOfTwo()
    const [late, again] = [randomUUID(), randomUUID()]
    const before = await storedCarts()
    await unlock(carts, late, cart)
    expect(await lock(carts, late, cart, buyer)).toEqual({ outcome: 'not-found' })
    expect(await storedCarts()).toEqual(before)
    expect(await lock(carts, again, cart, buyer)).toMatchObject({ outcome: 'locked' })
    await unlock(carts, again, cart)
    // Repeated under its key it is answered from memory, and holds nothing all the same.
    expect(await lock(carts, again, cart, buyer)).toMatchObject({ outcome: 'locked' })
    expect(await lock(carts, again, cart, buyer, { key: 'another key' })).toEqual({ outcome: 'not-found' })
    expect(await statusOf(holder, cart)).toMatchObject({ status: 'ACTIVE' })
    expect(await lock(carts, randomUUID(), cart, buyer)).toMatchObject({ outcome: 'locked' })
  })

  test('of a cart that there is not is remembered too', async () => {
    const { cart, buyer } = await cartOfTwo()
    const checkoutId = randomUUID()
    await unlock(carts, checkoutId, { ...cart, id: cart.id.replace(/.{4}$/, '0000') })
    expect(await lock(carts, checkoutId, cart, buyer)).toEqual({ outcome: 'not-found' })
  })
})

describe('order-placed', () => {
  test('closes the cart that its checkout holds, once and for good', async () => {
    const { cart, holder, buyer } = await cartOfTwo()
    const checkoutId = randomUUID()
    await lock(carts, checkoutId, cart, buyer)
    const event = orderEvent(checkoutId, cart)
    await deliver(carts, event)
    expect(await statusOf(holder, cart)).toMatchObject({ status: 'CHECKED_OUT' })
    const after = await carts.stored()
    await deliver(carts, event, event)
    expect(await carts.stored()).toEqual(after)
    await unlock(carts, checkoutId, cart)
    expect(await storedCarts()).toEqual({ cart: after['cart'], lines: after['cart_line'] })
    expect(await lock(carts, randomUUID(), cart, buyer)).toEqual({ outcome: 'checked-out' })
    expect((await carts.ask(holder, createCart)).data.cartCreate.cart.id).not.toBe(cart.id)
  })

  test('leaves alone what its checkout does not hold', async () => {
    const { cart, buyer } = await cartOfTwo()
    const [free, taken] = [randomUUID(), randomUUID()]
    await deliver(carts, orderEvent(free, cart))
    await lock(carts, taken, cart, buyer)
    const before = await storedCarts()
    await deliver(carts, orderEvent(free, cart))
    expect(await storedCarts()).toEqual(before)
  })
})

describe('cart-contents', () => {
  test('are told to whoever may buy, held or not, until they are bought', async () => {
    const { cart, buyer, contents } = await cartOfTwo()
    const expected = { version: 1, currencyCode: 'GBP', lines: contents }
    expect(await contentsOf(carts, cart, buyer)).toEqual(expected)
    const checkoutId = randomUUID()
    await lock(carts, checkoutId, cart, buyer)
    expect(await contentsOf(carts, cart, buyer)).toEqual(expected)
    await deliver(carts, orderEvent(checkoutId, cart))
    expect(await contentsOf(carts, cart, buyer)).toBeNull()
    const { cart: ofGuest, buyer: holder, contents: others } = await cartOfTwo(guest())
    expect(await contentsOf(carts, ofGuest, holder)).toEqual({ ...expected, lines: others })
    for (const stranger of [
      {},
      buyer,
      { cartTokenHash: hashOf('x') },
      { cartTokenHash: 'x' },
      { userId: randomUUID() },
    ]) {
      expect(await contentsOf(carts, ofGuest, stranger)).toBeNull()
    }
    const owner = user()
    const { cart: empty } = (await carts.ask(owner, createCart)).data.cartCreate
    expect(await contentsOf(carts, empty, { userId: owner.id })).toEqual({ ...expected, lines: [] })
  })

  test('are one statement', async () => {
    const { cart, buyer } = await cartOfTwo()
    expect(await carts.statementsOf(() => contentsOf(carts, cart, buyer))).toHaveLength(1)
  })
})
