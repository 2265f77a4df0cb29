import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { guest, user } from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  addLines,
  type CartData,
  type CartsAnswer,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  readCart,
  removeLines,
  updateLines,
  variantId,
} from './carts-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())
afterEach(() => {
  carts.products.behaviour = 'answers'
  carts.inventory.behaviour = 'answers'
})

const line = (uuid: string, quantity?: number) => ({
  variantId: variantId(uuid),
  ...(quantity !== undefined && { quantity }),
})

/** A user with a cart that holds `units` of each variant. */
async function userWithCart(...contents: [variant: string, units: number][]) {
  const owner = user()
  const lines = contents.map(([variant, units]) => line(variant, units))
  const { data } = await carts.ask(owner, createCart, { lines })
  return { owner, cart: data.cartCreate.cart }
}

const error = (code: string, path: string[] | null, __typename = 'ValidationError') => ({
  __typename,
  code,
  message: expect.any(String),
  path,
})

/** What was answered is what is stored: the payload is not read again, so it could differ. */
async function expectStored(viewer: ViewerClaims, cart: CartData): Promise<void> {
  expect((await carts.ask(viewer, readCart, { id: cart.id })).data).toEqual({ cart })
}

/** The call is refused with exactly these errors, and nothing that is stored has changed. */
async function expectRefusal(call: () => Promise<CartsAnswer>, userErrors: unknown[]): Promise<void> {
  const before = await carts.stored()
  const { data, errors } = await call()
  expect(errors).toBeUndefined()
  expect(Object.values(data)).toEqual([expect.objectContaining({ cart: null, userErrors })])
  expect(await carts.stored()).toEqual(before)
}

/** The call fails as a whole with this code, and nothing that is stored has changed. */
async function expectFailure(call: () => Promise<CartsAnswer>, extensions: Record<string, unknown>): Promise<void> {
  const before = await carts.stored()
  const { errors } = await call()
  expect(errors).toEqual([expect.objectContaining({ extensions })])
  expect(await carts.stored()).toEqual(before)
}

describe('cartCreate', () => {
  test('gives a user the one active cart, whatever is asked for later', async () => {
    const owner = user()
    const { data } = await carts.ask(owner, createCart, { currencyCode: 'EUR' })
    expect(data).toEqual({
      cartCreate: {
        cart: {
          id: expect.stringMatching(/^cart_/),
          version: 1,
          status: 'ACTIVE',
          owner: { id: toGlobalId('User', owner.id!) },
          lines: [],
          totalQuantity: 0,
          subtotal: { amount: '0.00', currencyCode: 'EUR' },
        },
        cartToken: null,
        userErrors: [],
      },
    })
    expect((await carts.ask(owner, createCart)).data).toEqual(data)
  })

  test('gives each guest a new cart, of whose token only the hash is stored', async () => {
    const [one, two] = await Promise.all([carts.ask(guest(), createCart), carts.ask(guest(), createCart)])
    const { cart, cartToken } = one.data.cartCreate
    expect(one).toMatchObject({ data: { cartCreate: { cart: { version: 1, owner: null }, userErrors: [] } } })
    expect(cartToken).toMatch(/^[\w-]{43}$/)
    expect(two.data.cartCreate.cart.id).not.toBe(cart.id)
    expect((await carts.ask(guest(cartToken), readCart, { id: cart.id })).data).toEqual({ cart })
    expect(
      await carts.sql(`select token_hash = sha256($1) as hashed from cart where token_hash = sha256($1)`, [
        Buffer.from(cartToken),
      ]),
    ).toEqual([{ hashed: true }])
    expect(JSON.stringify(await carts.stored())).not.toContain(cartToken)
  })

  test('with lines makes one write of both, for a guest as for a user', async () => {
    const variant = carts.products.sells(333)
    for (const viewer of [user(), guest()]) {
      const { data, errors } = await carts.ask(viewer, createCart, { lines: [line(variant, 3)] })
      expect(errors).toBeUndefined()
      expect(data.cartCreate.cart).toMatchObject({
        version: 1,
        totalQuantity: 3,
        subtotal: { amount: '9.99', currencyCode: 'GBP' },
        lines: [{ variant: { id: variantId(variant) } }],
      })
      const { cart, cartToken } = data.cartCreate
      await expectStored({ ...viewer, cartToken }, cart)
    }
  })

  test('with lines adds them to the cart that a user has', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 2])
    const { data } = await carts.ask(owner, createCart, { lines: [line(variant, 5)] })
    expect(data.cartCreate.cart).toMatchObject({ id: cart.id, version: 2, totalQuantity: 7 })
  })

  test('leaves no cart behind when its lines are refused, or prices cannot be had', async () => {
    const lines = [line(carts.products.sells()), line(randomUUID())]
    const refusal = [error('NOT_FOUND', ['lines', '1', 'variantId'], 'NotFoundError')]
    for (const viewer of [user(), guest()]) await expectRefusal(() => carts.ask(viewer, createCart, { lines }), refusal)
    carts.products.behaviour = 'is down'
    await expectFailure(() => carts.ask(user(), createCart, { lines }), {
      code: 'SUBGRAPH_UNAVAILABLE',
      service: 'products',
    })
  })

  test('opens another cart once the first is checked out', async () => {
    const { owner, cart } = await userWithCart()
    await carts.sql(`update cart set status = 'CHECKED_OUT' where user_id = $1`, [owner.id])
    expect((await carts.ask(owner, createCart)).data.cartCreate.cart.id).not.toBe(cart.id)
    expect((await carts.ask(owner, readCart, { id: cart.id })).data).toEqual({
      cart: { ...cart, status: 'CHECKED_OUT' },
    })
  })
})

describe('cartLinesAdd', () => {
  test('adds lines in order, sums what names one variant, and counts one version', async () => {
    const [first, second] = [carts.products.sells(1_250), carts.products.sells(99_999_999)]
    const { owner, cart } = await userWithCart([first, 1])
    const lines = [line(second, 10), line(first), line(second, 5)]
    const { data } = await carts.ask(owner, addLines, { cartId: cart.id, lines, expectedVersion: 1 })
    expect(data).toEqual({
      cartLinesAdd: {
        userErrors: [],
        cart: {
          ...cart,
          version: 2,
          totalQuantity: 17,
          subtotal: { amount: '15000024.85', currencyCode: 'GBP' },
          lines: [
            { ...cart.lines[0], quantity: 2, lineTotal: { amount: '25.00' } },
            {
              id: expect.stringMatching(/^cline_/),
              variant: { id: variantId(second) },
              quantity: 15,
              unitPrice: { amount: '999999.99', currencyCode: 'GBP' },
              lineTotal: { amount: '14999999.85' },
            },
          ],
        },
      },
    })
    await expectStored(owner, data.cartLinesAdd.cart)
  })

  test('asks of each variant once, and of nothing when an input breaks a rule', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart()
    const asked = () => [carts.products.asked.length, carts.inventory.asked.length]
    const [products, inventory] = asked()
    await carts.ask(owner, addLines, { cartId: cart.id, lines: [line(variant, 1), line(variant, 1)] })
    expect([carts.products.asked.at(-1), carts.inventory.asked.at(-1)]).toEqual([[variant], [variant]])
    await carts.ask(owner, addLines, { cartId: cart.id, lines: [line(variant, 0)] })
    expect(asked()).toEqual([products! + 1, inventory! + 1])
  })

  test('takes over the price of today when units are added', async () => {
    const variant = carts.products.sells(1_000)
    const { owner, cart } = await userWithCart([variant, 1])
    carts.products.offers.set(variant, { unitPrice: 1_001, currencyCode: 'GBP', purchasable: true })
    const { data } = await carts.ask(owner, addLines, { cartId: cart.id, lines: [line(variant, 1)] })
    expect(data.cartLinesAdd.cart).toMatchObject({
      subtotal: { amount: '20.02' },
      lines: [{ unitPrice: { amount: '10.01' } }],
    })
    await expectStored(owner, data.cartLinesAdd.cart)
  })

  test('refuses quantities and counts that no call may have', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 1])
    const add = (lines: unknown[]) => () => carts.ask(owner, addLines, { cartId: cart.id, lines })
    for (const quantity of [0, -1, -2_147_483_648, 10_000, 2_147_483_647]) {
      await expectRefusal(add([line(variant, 1), line(variant, quantity)]), [
        error('INVALID_INPUT', ['lines', '1', 'quantity']),
      ])
    }
    await expectFailure(add([line(variant, 1e12)]), { code: 'BAD_USER_INPUT' })
    await expectRefusal(add([]), [error('INVALID_INPUT', ['lines'])])
    await expectRefusal(add(Array.from({ length: 101 }, () => line(variant))), [error('INVALID_INPUT', ['lines'])])
    await expectFailure(add([{ variantId: cart.id }]), { code: 'INVALID_ID', expected: 'ProductVariant' })
  })

  test('refuses more units or lines than a cart holds, up to the last one', async () => {
    const variant = carts.products.sells(1_000_000_000)
    const { owner, cart } = await userWithCart([variant, 9_998])
    const add = (...lines: unknown[]) => carts.ask(owner, addLines, { cartId: cart.id, lines })
    await expectRefusal(() => add(line(variant, 2)), [error('CART_LIMIT_EXCEEDED', ['lines', '0', 'quantity'])])
    const other = carts.products.sells()
    await expectRefusal(
      () => add(line(other, 9_999), line(other, 1)),
      [error('CART_LIMIT_EXCEEDED', ['lines', '0', 'quantity'])],
    )
    expect((await add(line(variant, 1))).data.cartLinesAdd.cart.totalQuantity).toBe(9_999)
    const more = Array.from({ length: 99 }, () => line(carts.products.sells()))
    await expectRefusal(() => add(line(carts.products.sells()), ...more), [error('CART_LIMIT_EXCEEDED', ['lines'])])
    expect((await add(...more)).data.cartLinesAdd).toMatchObject({ cart: { version: 3 }, userErrors: [] })
    await expectRefusal(() => add(line(carts.products.sells())), [error('CART_LIMIT_EXCEEDED', ['lines'])])
    await expectRefusal(() => add(line(variant)), [error('CART_LIMIT_EXCEEDED', ['lines', '0', 'quantity'])])
  })

  test('refuses what cannot be bought, in another currency, or is not there, all in one answer', async () => {
    const good = carts.products.sells()
    const archived = carts.products.sells(1, { purchasable: false })
    const foreign = carts.products.sells(1, { currencyCode: 'EUR' })
    const short = carts.products.sells()
    carts.inventory.available.set(short, 4)
    const { owner, cart } = await userWithCart([short, 3])
    const lines = [line(good), line(randomUUID()), line(archived), line(foreign), line(short, 2)]
    await expectRefusal(
      () => carts.ask(owner, addLines, { cartId: cart.id, lines }),
      [
        error('NOT_FOUND', ['lines', '1', 'variantId'], 'NotFoundError'),
        error('NOT_FOUND', ['lines', '2', 'variantId'], 'NotFoundError'),
        error('CURRENCY_MISMATCH', ['lines', '3', 'variantId']),
        {
          ...error('INSUFFICIENT_STOCK', ['lines', '4', 'quantity'], 'InsufficientStockError'),
          variant: { id: variantId(short) },
          requested: 5,
          available: 4,
        },
      ],
    )
    const { data } = await carts.ask(owner, addLines, { cartId: cart.id, lines: [line(short, 1)] })
    expect(data.cartLinesAdd.cart.totalQuantity).toBe(4)
  })

  test.for(['fails', 'talks nonsense', 'is down', 'hangs'] as const)(
    'fails as a whole when products %s',
    async (behaviour) => {
      const variant = carts.products.sells()
      const { owner, cart } = await userWithCart([variant, 1])
      carts.products.behaviour = behaviour
      await expectFailure(() => carts.ask(owner, addLines, { cartId: cart.id, lines: [line(variant)] }), {
        code: 'SUBGRAPH_UNAVAILABLE',
        service: 'products',
      })
    },
  )

  test.for(['fails', 'talks nonsense', 'is down', 'hangs'] as const)(
    'accepts a line when inventory %s',
    async (behaviour) => {
      const variant = carts.products.sells()
      carts.inventory.available.set(variant, 0)
      const { owner, cart } = await userWithCart()
      carts.inventory.behaviour = behaviour
      const began = performance.now()
      const { data } = await carts.ask(owner, addLines, { cartId: cart.id, lines: [line(variant, 2)] })
      expect(data.cartLinesAdd).toMatchObject({ cart: { version: 2, totalQuantity: 2 }, userErrors: [] })
      expect(performance.now() - began).toBeLessThan(1_900)
    },
  )
})

describe('cartLinesUpdate', () => {
  test('sets quantities, removes at 0, takes the price of today where it raises, and counts one version', async () => {
    const [first, second, third] = [carts.products.sells(100), carts.products.sells(200), carts.products.sells(300)]
    const { owner, cart } = await userWithCart([first, 1], [second, 2], [third, 3])
    carts.products.offers.set(first, { unitPrice: 999, currencyCode: 'GBP', purchasable: true })
    const lines = [
      { lineId: cart.lines[2]!.id, quantity: 1 },
      { lineId: cart.lines[1]!.id, quantity: 0 },
      { lineId: cart.lines[0]!.id, quantity: 9_999 },
    ]
    const { data } = await carts.ask(owner, updateLines, { cartId: cart.id, lines, expectedVersion: 1 })
    expect(data.cartLinesUpdate).toEqual({
      userErrors: [],
      cart: {
        ...cart,
        version: 2,
        totalQuantity: 10_000,
        subtotal: { amount: '99893.01', currencyCode: 'GBP' },
        lines: [
          {
            ...cart.lines[0],
            quantity: 9_999,
            unitPrice: { amount: '9.99', currencyCode: 'GBP' },
            lineTotal: { amount: '99890.01' },
          },
          { ...cart.lines[2], quantity: 1, lineTotal: { amount: '3.00' } },
        ],
      },
    })
    await expectStored(owner, data.cartLinesUpdate.cart)
  })

  test('asks of raised lines alone, and accepts them when inventory is down', async () => {
    const [raised, lowered] = [carts.products.sells(), carts.products.sells()]
    const { owner, cart } = await userWithCart([raised, 2], [lowered, 5])
    const update = (...quantities: number[]) =>
      carts.ask(owner, updateLines, {
        cartId: cart.id,
        lines: quantities.map((quantity, index) => ({ lineId: cart.lines[index]!.id, quantity })),
      })
    carts.inventory.available.set(raised, 4).set(lowered, 0)
    const [{ length }, ofPrices] = [carts.inventory.asked, carts.products.asked.length]
    expect((await update(2, 4)).data.cartLinesUpdate.cart.totalQuantity).toBe(6)
    expect(carts.inventory.asked).toHaveLength(length)
    expect((await update(4, 3)).data.cartLinesUpdate.cart.totalQuantity).toBe(7)
    expect(carts.inventory.asked.slice(length)).toEqual([[raised]])
    expect(carts.products.asked.slice(ofPrices)).toEqual([[raised]])
    await expectRefusal(
      () => update(5, 2),
      [
        {
          ...error('INSUFFICIENT_STOCK', ['lines', '0', 'quantity'], 'InsufficientStockError'),
          variant: { id: variantId(raised) },
          requested: 5,
          available: 4,
        },
      ],
    )
    carts.inventory.behaviour = 'is down'
    expect((await update(5, 2)).data.cartLinesUpdate.cart.totalQuantity).toBe(7)
  })

  test('raises no line of what left the catalogue, and none without a price, but lowers and removes them', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 3])
    const update = (quantity: number) =>
      carts.ask(owner, updateLines, { cartId: cart.id, lines: [{ lineId: cart.lines[0]!.id, quantity }] })
    carts.products.offers.set(variant, { unitPrice: 1, currencyCode: 'GBP', purchasable: false })
    await expectRefusal(() => update(4), [error('NOT_FOR_SALE', ['lines', '0', 'quantity'])])
    carts.products.behaviour = 'is down'
    await expectFailure(() => update(4), { code: 'SUBGRAPH_UNAVAILABLE', service: 'products' })
    expect((await update(2)).data.cartLinesUpdate.cart.totalQuantity).toBe(2)
    expect((await update(0)).data.cartLinesUpdate.cart.totalQuantity).toBe(0)
  })

  test('refuses what breaks a rule, and lines of no or another cart', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 1])
    const { cart: other } = await userWithCart([variant, 1])
    const update = (lines: { lineId: string; quantity: number }[]) => () =>
      carts.ask(owner, updateLines, { cartId: cart.id, lines })
    const lineId = cart.lines[0]!.id
    for (const quantity of [-1, 10_000]) {
      await expectRefusal(update([{ lineId, quantity }]), [error('INVALID_INPUT', ['lines', '0', 'quantity'])])
    }
    await expectRefusal(update([]), [error('INVALID_INPUT', ['lines'])])
    await expectRefusal(
      update([
        { lineId, quantity: 2 },
        { lineId, quantity: 3 },
      ]),
      [error('INVALID_INPUT', ['lines', '1', 'lineId'])],
    )
    for (const unknown of [other.lines[0]!.id, toGlobalId('CartLine', randomUUID())]) {
      await expectRefusal(
        update([
          { lineId, quantity: 2 },
          { lineId: unknown, quantity: 2 },
        ]),
        [error('NOT_FOUND', ['lines', '1', 'lineId'], 'NotFoundError')],
      )
    }
  })
})

describe('cartLinesRemove', () => {
  test('removes lines, and what is added then comes last', async () => {
    const [first, second] = [carts.products.sells(100), carts.products.sells(200)]
    const { owner, cart } = await userWithCart([first, 1], [second, 2])
    const lineIds = [cart.lines[0]!.id, cart.lines[0]!.id]
    const { data } = await carts.ask(owner, removeLines, { cartId: cart.id, lineIds, expectedVersion: 1 })
    expect(data.cartLinesRemove).toEqual({
      userErrors: [],
      cart: {
        ...cart,
        version: 2,
        totalQuantity: 2,
        subtotal: { amount: '4.00', currencyCode: 'GBP' },
        lines: [cart.lines[1]],
      },
    })
    await expectStored(owner, data.cartLinesRemove.cart)
    const { data: added } = await carts.ask(owner, addLines, { cartId: cart.id, lines: [line(first)] })
    expect(added.cartLinesAdd.cart.lines.map(({ variant }) => variant.id)).toEqual([
      variantId(second),
      variantId(first),
    ])
  })

  test('refuses none, too many, and lines of no or another cart', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 1])
    const { cart: other } = await userWithCart([variant, 1])
    const remove = (lineIds: string[]) => () => carts.ask(owner, removeLines, { cartId: cart.id, lineIds })
    await expectRefusal(remove([]), [error('INVALID_INPUT', ['lineIds'])])
    await expectRefusal(remove(Array.from({ length: 101 }, () => cart.lines[0]!.id)), [
      error('INVALID_INPUT', ['lineIds']),
    ])
    await expectRefusal(remove([cart.lines[0]!.id, other.lines[0]!.id]), [
      error('NOT_FOUND', ['lineIds', '1'], 'NotFoundError'),
    ])
  })
})

describe('every write', () => {
  test('refuses another version than expected, and tells the one there is', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 1])
    const conflict = [
      { ...error('CART_VERSION_CONFLICT', ['expectedVersion'], 'CartVersionConflictError'), currentVersion: 1 },
    ]
    for (const expectedVersion of [0, 2]) {
      for (const [operation, variables] of writes(cart, variant, expectedVersion)) {
        await expectRefusal(() => carts.ask(owner, operation, variables), conflict)
      }
    }
  })

  test.for(['MERGED', 'ABANDONED'])('refuses a cart that is %s as if there were none', async (status) => {
    const variant = carts.products.sells()
    const { data } = await carts.ask(guest(), createCart, { lines: [line(variant)] })
    const { cart, cartToken } = data.cartCreate
    await carts.sql(`update cart set status = $2 where token_hash = sha256($1)`, [Buffer.from(cartToken), status])
    for (const [operation, variables] of writes(cart, variant, 1)) {
      await expectRefusal(
        () => carts.ask(guest(cartToken), operation, variables),
        [error('NOT_FOUND', ['cartId'], 'NotFoundError')],
      )
    }
  })

  test('refuses a cart that is held by a checkout, and one that is opened again with lines', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 1])
    await carts.sql(`update cart set locked_by = $2 where user_id = $1`, [owner.id, randomUUID()])
    for (const [operation, variables] of writes(cart, variant, 77)) {
      await expectRefusal(() => carts.ask(owner, operation, variables), [error('CART_LOCKED', ['cartId'])])
    }
    await expectRefusal(() => carts.ask(owner, createCart, { lines: [line(variant)] }), [error('CART_LOCKED', null)])
    const held = { ...cart, status: 'CHECKING_OUT' }
    expect((await carts.ask(owner, readCart, { id: cart.id })).data).toEqual({ cart: held })
    expect((await carts.ask(owner, createCart)).data.cartCreate.cart).toEqual(held)
  })

  test('refuses a cart that is checked out', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 1])
    await carts.sql(`update cart set status = 'CHECKED_OUT' where user_id = $1`, [owner.id])
    for (const [operation, variables] of writes(cart, variant, 1)) {
      await expectRefusal(() => carts.ask(owner, operation, variables), [error('CART_CHECKED_OUT', ['cartId'])])
    }
  })

  test('refuses a cart that there is not', async () => {
    const variant = carts.products.sells()
    const { owner, cart } = await userWithCart([variant, 1])
    const notFound = [error('NOT_FOUND', ['cartId'], 'NotFoundError')]
    for (const [operation, variables] of writes({ ...cart, id: toGlobalId('Cart', randomUUID()) }, variant, null)) {
      await expectRefusal(() => carts.ask(owner, operation, variables), notFound)
    }
  })

  function writes(
    cart: CartData,
    variant: string,
    expectedVersion: number | null,
  ): [operation: string, variables: object][] {
    const lineId = cart.lines[0]!.id
    return [
      [addLines, { cartId: cart.id, expectedVersion, lines: [line(variant)] }],
      [updateLines, { cartId: cart.id, expectedVersion, lines: [{ lineId, quantity: 2 }] }],
      [removeLines, { cartId: cart.id, expectedVersion, lineIds: [lineId] }],
    ]
  }
})

test('a cart that was emptied takes the currency of what is added next', async () => {
  const [pounds, euros, dollars] = [
    carts.products.sells(100),
    carts.products.sells(200, { currencyCode: 'EUR' }),
    carts.products.sells(300, { currencyCode: 'USD' }),
  ]
  const { owner, cart } = await userWithCart([pounds, 1])
  const { id: cartId } = cart
  await carts.ask(owner, removeLines, { cartId, lineIds: [cart.lines[0]!.id] })
  await expectRefusal(
    () => carts.ask(owner, addLines, { cartId, lines: [line(euros), line(dollars)] }),
    [error('CURRENCY_MISMATCH', ['lines', '1', 'variantId'])],
  )
  const { data } = await carts.ask(owner, addLines, { cartId, lines: [line(euros, 2)] })
  expect(data.cartLinesAdd.cart).toMatchObject({ subtotal: { amount: '4.00', currencyCode: 'EUR' } })
  await expectStored(owner, data.cartLinesAdd.cart)
  const { data: opened } = await carts.ask(user(), createCart, { currencyCode: 'GBP', lines: [line(dollars)] })
  expect(opened.cartCreate.cart).toMatchObject({ subtotal: { amount: '3.00', currencyCode: 'USD' } })
})

test('several writes of one request see each other', async () => {
  const variant = carts.products.sells()
  const { owner, cart } = await userWithCart([variant, 1])
  const { data } = await carts.ask(
    owner,
    `mutation ($id: ID!, $lines: [CartLineInput!]!) {
      one: cartLinesAdd(cartId: $id, lines: $lines) { cart { version totalQuantity } }
      two: cartLinesAdd(cartId: $id, lines: $lines) { cart { version totalQuantity lines { quantity } } } }`,
    { id: cart.id, lines: [line(variant, 2)] },
  )
  expect(data).toEqual({
    one: { cart: { version: 2, totalQuantity: 3 } },
    two: { cart: { version: 3, totalQuantity: 5, lines: [{ quantity: 5 }] } },
  })
})
