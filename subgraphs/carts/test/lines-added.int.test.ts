import { randomUUID } from 'node:crypto'
import { linesAdded } from '@cartograph/contracts'
import { fromGlobalId } from '@cartograph/global-ids'
import { eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addLines,
  type CartData,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  mergeCart,
  updateLines,
  variantId,
} from './carts-under-test.ts'

let carts: CartsUnderTest
beforeAll(async () => (carts = await cartsUnderTest()))
afterAll(() => carts.stop())

const owned = () => {
  const userId = randomUUID()
  return { userId, viewer: user(userId) }
}
const open = async (viewer = user(), lines: object[] = []) =>
  (await carts.ask(viewer, createCart, { lines })).data.cartCreate
const line = (variant: string, quantity: number) => ({ variantId: variantId(variant), quantity })
const add = async (viewer: ReturnType<typeof user>, cart: CartData, lines: object[], more: object = {}) =>
  (await carts.ask(viewer, addLines, { cartId: cart.id, lines, ...more })).data.cartLinesAdd
/** All that was ever published of a cart, delivered or not, in the order of its versions. */
const published = async (cart: CartData) =>
  (
    await carts.sql<{ envelope: { aggregateVersion: number; payload: unknown } }>(
      `select data->'envelope' as envelope from pgboss.job
       where name = 'events' and data->'envelope'->>'aggregateId' = $1
       order by (data->'envelope'->>'aggregateVersion')::int`,
      [fromGlobalId('Cart', cart.id)],
    )
  ).map(({ envelope }) => envelope)
const told = (cart: CartData) =>
  carts.recommendations.events.filter(({ aggregateId }) => aggregateId === fromGlobalId('Cart', cart.id))

test('what a user puts into their cart is told, variant by variant, with the version that it made', async () => {
  const { userId, viewer } = owned()
  const [tea, milk] = [carts.products.sells(), carts.products.sells()]
  const { cart } = await open(viewer, [line(tea, 1)])
  const changed = await add(viewer, cart, [line(tea, 2), line(milk, 1), line(tea, 3)])
  expect(changed.cart.version).toBe(2)
  await eventually(() => expect(told(cart)).toHaveLength(2))
  const cartId = fromGlobalId('Cart', cart.id)
  const event = (aggregateVersion: number, lines: object[]) => ({
    id: expect.any(String),
    name: linesAdded.name,
    aggregateId: cartId,
    aggregateVersion,
    occurredAt: expect.any(String),
    payload: { cartId, userId, lines, at: expect.any(String) },
  })
  expect(told(cart).toSorted((one, other) => one.aggregateVersion - other.aggregateVersion)).toEqual([
    event(1, [{ variantId: tea, quantity: 1 }]),
    event(2, [
      { variantId: tea, quantity: 5 },
      { variantId: milk, quantity: 1 },
    ]),
  ])
  for (const { payload, occurredAt } of told(cart)) expect(linesAdded.payload.parse(payload).at).toBe(occurredAt)
})

test('nothing is told of a guest, also when their cart becomes a user’s, nor of a quantity that is set', async () => {
  const tea = carts.products.sells()
  const opened = await open(guest(), [line(tea, 1)])
  await add(guest(opened.cartToken), opened.cart, [line(tea, 1)])
  expect(await published(opened.cart)).toEqual([])
  const { viewer } = owned()
  const { cart } = (await carts.ask(viewer, mergeCart, { token: opened.cartToken })).data.cartMerge
  expect(cart.totalQuantity).toBe(2)
  const lines = [{ lineId: cart.lines[0]!.id, quantity: 5 }]
  expect(
    (await carts.ask(viewer, updateLines, { cartId: cart.id, lines })).data.cartLinesUpdate.cart.totalQuantity,
  ).toBe(5)
  expect(await published(cart)).toEqual([])
})

test('a refused addition tells nothing', async () => {
  const { viewer } = owned()
  const tea = carts.products.sells()
  const { cart } = await open(viewer)
  for (const [refused, code] of [
    [add(viewer, cart, [line(tea, 1)], { expectedVersion: 9 }), 'CART_VERSION_CONFLICT'],
    [add(viewer, cart, [line(tea, 1), line(randomUUID(), 1)]), 'NOT_FOUND'],
    [add(viewer, cart, [line(tea, 10_000)]), 'INVALID_INPUT'],
  ] as const) {
    expect(await refused).toMatchObject({ cart: null, userErrors: [{ code }] })
  }
  expect(await published(cart)).toEqual([])
})

test('of ten additions at once each is told once, with a version of its own', async () => {
  const { viewer } = owned()
  const tea = carts.products.sells()
  const { cart } = await open(viewer)
  await Promise.all(Array.from({ length: 10 }, () => add(viewer, cart, [line(tea, 1)])))
  expect((await published(cart)).map(({ aggregateVersion }) => aggregateVersion)).toEqual([
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  ])
  await eventually(() => expect(new Set(told(cart).map(({ id }) => id)).size).toBe(10))
})

test('is added and kept to be told while recommendations is down', async () => {
  const { viewer } = owned()
  const { cart } = await open(viewer)
  carts.recommendations.isUp = false
  try {
    const { cart: changed } = await add(viewer, cart, [line(carts.products.sells(), 1)])
    expect(changed.totalQuantity).toBe(1)
    expect(await published(cart)).toHaveLength(1)
    expect(told(cart)).toEqual([])
  } finally {
    carts.recommendations.isUp = true
  }
  await eventually(() => expect(told(cart)).toHaveLength(1), { timeoutMs: 20_000 })
})
