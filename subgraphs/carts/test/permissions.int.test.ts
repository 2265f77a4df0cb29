import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, guest, user } from '@cartograph/test-kit'
import { serviceClaims, type ViewerClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addLines,
  type CartData,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  mergeCart,
  readCart,
  removeLines,
  staff,
  updateLines,
  variantId,
} from './carts-under-test.ts'

let carts: CartsUnderTest
let variant: string
const owner = user()
let ofUser: CartData
let ofGuest: CartData
let token: string
let otherToken: string

beforeAll(async () => {
  carts = await cartsUnderTest()
  variant = carts.products.sells(1_250)
  const lines = [{ variantId: variantId(variant), quantity: 2 }]
  ofUser = (await carts.ask(owner, createCart, { lines })).data.cartCreate.cart
  ;({ cart: ofGuest, cartToken: token } = (await carts.ask(guest(), createCart, { lines })).data.cartCreate)
  otherToken = (await carts.ask(guest(), createCart, { lines })).data.cartCreate.cartToken
})
afterAll(() => carts.stop())

const entities = entitiesQuery(`
  ... on Cart { id version owner { id } totalQuantity subtotal { amount } lines { id } }
  ... on CartLine { id quantity unitPrice { amount } lineTotal { amount } variant { id } currentUnitPrice { amount } priceChanged availability }`)
const userCart = entitiesQuery('... on User { cart { id totalQuantity } }')
const referencesTo = (cart: CartData) => [
  { __typename: 'Cart', id: cart.id },
  { __typename: 'CartLine', id: cart.lines[0]!.id },
]

const viewers = (): Record<string, ViewerClaims> => ({
  owner,
  'holder of the token': guest(token),
  'another user with the token': user(randomUUID(), [], token),
  'staff with carts:read': staff(),
  'another user': user(),
  'another user with other scopes': user(randomUUID(), ['users:read', 'orders:read']),
  'holder of another token': guest(otherToken),
  'guest without a token': guest(),
  'guest with a damaged token': guest(`${token}x`),
  'guest with an empty token': guest(''),
  service: serviceClaims('orders', 'test'),
})

describe.for([
  { of: 'a user', cart: () => ofUser, seenBy: ['owner', 'staff with carts:read'], changedBy: ['owner'] },
  {
    of: 'a guest',
    cart: () => ofGuest,
    seenBy: ['holder of the token', 'another user with the token', 'staff with carts:read'],
    changedBy: ['holder of the token', 'another user with the token'],
  },
])('the cart of $of', ({ cart, seenBy, changedBy }) => {
  test.for(Object.keys(viewers()))('is shown to %s, or does not exist', async (name) => {
    const viewer = viewers()[name]!
    const seen = seenBy.includes(name)
    expect(await carts.ask(viewer, readCart, { id: cart().id })).toEqual({
      data: { cart: seen ? expect.objectContaining({ id: cart().id }) : null },
    })
    expect(await carts.ask(viewer, entities, { of: referencesTo(cart()) })).toEqual({
      data: {
        _entities: seen
          ? [expect.objectContaining({ id: cart().id }), expect.objectContaining({ id: cart().lines[0]!.id })]
          : [null, null],
      },
    })
  })

  test.for(Object.keys(viewers()).filter((name) => !changedBy.includes(name)))(
    'cannot be changed by %s',
    async (name) => {
      const viewer = viewers()[name]!
      const before = await carts.stored()
      const { id: cartId } = cart()
      const lineId = cart().lines[0]!.id
      const refused = { cart: null, userErrors: [expect.objectContaining({ code: 'NOT_FOUND', path: ['cartId'] })] }
      const asked = carts.inventory.asked.length
      expect((await carts.ask(viewer, updateLines, { cartId, lines: [{ lineId, quantity: 3 }] })).data).toEqual({
        cartLinesUpdate: refused,
      })
      expect(carts.inventory.asked).toHaveLength(asked)
      expect((await carts.ask(viewer, addLines, { cartId, lines: [{ variantId: variantId(variant) }] })).data).toEqual({
        cartLinesAdd: refused,
      })
      expect((await carts.ask(viewer, removeLines, { cartId, lineIds: [lineId] })).data).toEqual({
        cartLinesRemove: refused,
      })
      expect((await carts.ask(viewer, removeLines, { cartId, lineIds: [lineId], expectedVersion: 77 })).data).toEqual({
        cartLinesRemove: refused,
      })
      expect(await carts.stored()).toEqual(before)
    },
  )

  test.for(changedBy)('is changed by %s', async (name) => {
    const { data } = await carts.ask(viewers()[name]!, updateLines, {
      cartId: cart().id,
      lines: [{ lineId: cart().lines[0]!.id, quantity: 2 }],
    })
    expect(data.cartLinesUpdate).toMatchObject({ cart: { id: cart().id, totalQuantity: 2 }, userErrors: [] })
  })
})

test('User.cart is shown to that user and to staff alone', async () => {
  const of = [{ __typename: 'User', id: toGlobalId('User', owner.id!) }]
  for (const viewer of [owner, staff()]) {
    expect(await carts.ask(viewer, userCart, { of })).toEqual({
      data: { _entities: [{ cart: { id: ofUser.id, totalQuantity: 2 } }] },
    })
  }
  const refused = (code: string) => ({
    data: { _entities: [{ cart: null }] },
    errors: [expect.objectContaining({ extensions: { code } })],
  })
  expect(await carts.ask(user(), userCart, { of })).toEqual(refused('FORBIDDEN'))
  expect(await carts.ask(guest(token), userCart, { of })).toEqual(refused('UNAUTHENTICATED'))
  // A user without a cart tells a stranger as much as one with a cart.
  const without = user()
  const reference = [{ __typename: 'User', id: toGlobalId('User', without.id!) }]
  expect(await carts.ask(user(), userCart, { of: reference })).toEqual(refused('FORBIDDEN'))
  expect(await carts.ask(without, userCart, { of: reference })).toEqual({
    data: { _entities: [{ cart: null }] },
  })
  expect(await carts.ask(without, userCart, { of: [{ __typename: 'User', id: 'nonsense' }] })).toEqual(
    refused('FORBIDDEN'),
  )
})

test('a guest who opens a cart is shown it with its token, in that answer alone', async () => {
  const lines = [{ variantId: variantId(variant) }]
  const { data, errors } = await carts.ask(guest(), createCart, { lines })
  expect(errors).toBeUndefined()
  expect(data.cartCreate.cart.lines).toHaveLength(1)
  expect((await carts.ask(guest(), readCart, { id: data.cartCreate.cart.id })).data).toEqual({ cart: null })
})

test('nothing is answered without a signature', async () => {
  for (const query of [
    '{ __typename }',
    `query { _entities(representations: [{ __typename: "Cart", id: "${ofUser.id}" }]) { __typename } }`,
  ]) {
    expect(await carts.askUnsigned(query)).toEqual({
      status: 401,
      body: { errors: [{ message: expect.any(String), extensions: { code: 'UNSIGNED_REQUEST' } }] },
    })
  }
})

test('ids that are none are refused by the root field and unknown to _entities', async () => {
  for (const id of ['nonsense', toGlobalId('CartLine', randomUUID()), '']) {
    expect((await carts.ask(owner, readCart, { id })).errors).toEqual([
      expect.objectContaining({ extensions: { code: 'INVALID_ID', expected: 'Cart' } }),
    ])
    const of = [
      { __typename: 'Cart', id },
      { __typename: 'CartLine', id: ofUser.id },
    ]
    expect(await carts.ask(owner, entities, { of })).toEqual({ data: { _entities: [null, null] } })
  }
})

test.for([
  ['a guest', () => guest(token), 'UNAUTHENTICATED'],
  ['a service', () => serviceClaims('orders', 'test'), 'FORBIDDEN'],
] as const)('%s merges no cart', async ([, viewer, code]) => {
  const before = await carts.stored()
  const { data, errors } = await carts.ask(viewer(), mergeCart, { token })
  expect(data).toEqual({ cartMerge: null })
  expect(errors).toEqual([expect.objectContaining({ extensions: { code } })])
  expect(await carts.stored()).toEqual(before)
})

test('what a line costs now, and whether it could be bought, is for those who see the line', async () => {
  const of = [{ __typename: 'CartLine', id: ofUser.lines[0]!.id }]
  const shown = { currentUnitPrice: { amount: '12.50' }, priceChanged: false, availability: 'AVAILABLE' }
  for (const viewer of [owner, staff()]) {
    expect(await carts.ask(viewer, entities, { of })).toEqual({
      data: { _entities: [expect.objectContaining(shown)] },
    })
  }
  const asked = carts.inventory.asked.length
  for (const viewer of [user(), guest(token), guest(), serviceClaims('orders', 'test')]) {
    expect(await carts.ask(viewer, entities, { of })).toEqual({ data: { _entities: [null] } })
  }
  expect(carts.inventory.asked).toHaveLength(asked)
})
