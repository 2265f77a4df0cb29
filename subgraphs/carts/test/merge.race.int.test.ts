import { randomUUID } from 'node:crypto'
import { eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLines, cartsUnderTest, type CartsUnderTest, createCart, mergeCart, variantId } from './carts-under-test.ts'
import { cartUuid, deliver, hashOf, lock, priceEvent } from './messages-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())

const atOnce = <Result>(times: number, run: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, index) => run(index)))
const lines = (variant: string, quantity = 1) => [{ variantId: variantId(variant), quantity }]
async function opened(viewer: ReturnType<typeof user>, variant: string, quantity: number) {
  const { cart, cartToken } = (await carts.ask(viewer, createCart, { lines: lines(variant, quantity) })).data.cartCreate
  return { cart, token: cartToken }
}
/** The units of a variant in all carts, and in how many lines. */
const unitsOf = async (variant: string) =>
  (
    await carts.sql<{ units: number; lines: number }>(
      'select coalesce(sum(quantity), 0)::int as units, count(*)::int as lines from cart_line where variant_id = $1',
      [variant],
    )
  )[0]!
const codesOf = (answers: { data: { cartMerge: { userErrors: { code: string }[] } } }[]) =>
  answers.map(({ data }) => data.cartMerge.userErrors[0]?.code ?? 'merged')

test('ten merges of one cart by one user at once move each unit once', async () => {
  for (const hasCart of [true, false]) {
    const variant = carts.products.sells()
    const owner = user()
    if (hasCart) await opened(owner, variant, 5)
    const { token } = await opened(guest(), variant, 3)
    const answers = await atOnce(10, () => carts.ask(owner, mergeCart, { token }))
    expect(new Set(codesOf(answers))).toEqual(new Set(['merged']))
    expect(new Set(answers.map(({ data }) => data.cartMerge.cart.id)).size).toBe(1)
    expect(await unitsOf(variant)).toEqual({ units: hasCart ? 8 : 3, lines: 1 })
  }
})

test('of ten users merging one cart at once one gets it, and nothing is opened for the others', async () => {
  const variant = carts.products.sells()
  const { token } = await opened(guest(), variant, 3)
  const before = (await carts.stored())['cart']!.length
  const answers = await atOnce(10, () => carts.ask(user(), mergeCart, { token }))
  expect(codesOf(answers).toSorted()).toEqual([...Array.from({ length: 9 }, () => 'NOT_FOUND'), 'merged'])
  expect(await unitsOf(variant)).toEqual({ units: 3, lines: 1 })
  expect((await carts.stored())['cart']).toHaveLength(before + 1)
})

test('ten carts merged at once by a user without one lose no unit', async () => {
  const variant = carts.products.sells()
  const owner = user()
  const guests = await atOnce(10, (index) => opened(guest(), variant, index + 1))
  const answers = await atOnce(10, (index) => carts.ask(owner, mergeCart, { token: guests[index]!.token }))
  expect(new Set(codesOf(answers))).toEqual(new Set(['merged']))
  expect(await unitsOf(variant)).toEqual({ units: 55, lines: 1 })
  expect(answers.map(({ data }) => data.cartMerge.cart.version).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 10 }, (_, index) => index + 1),
  )
})

test('what is added to either cart while they are merged is in the end in the one, or was refused', async () => {
  for (let round = 0; round < 10; round += 1) {
    const variant = carts.products.sells()
    const owner = user()
    const [own, guests] = [await opened(owner, variant, 1), await opened(guest(), variant, 1)]
    const toGuests = () =>
      carts.ask(guest(guests.token), addLines, { cartId: guests.cart.id, lines: lines(variant, 10) })
    const toOwn = () => carts.ask(owner, addLines, { cartId: own.cart.id, lines: lines(variant, 100) })
    const [merged, ...added] = await Promise.all([
      carts.ask(owner, mergeCart, { token: guests.token }),
      toGuests(),
      toOwn(),
      toGuests(),
      toOwn(),
      toGuests(),
    ])
    expect(merged.data.cartMerge.userErrors).toEqual([])
    const refusals = added.flatMap(({ data }) => data.cartLinesAdd.userErrors.map(({ code }) => code))
    expect(refusals).toEqual(refusals.map(() => 'NOT_FOUND'))
    expect(await unitsOf(variant)).toEqual({ units: 2 + 200 + 10 * (3 - refusals.length), lines: 1 })
  }
})

test('a merge and a checkout of either cart at once: what the checkout is told is what the cart holds', async () => {
  for (let round = 0; round < 20; round += 1) {
    const variant = carts.products.sells()
    const owner = user()
    const [own, guests] = [await opened(owner, variant, 5), await opened(guest(), variant, 3)]
    const [cart, buyer] =
      round % 2 === 0 ? [own.cart, { userId: owner.id }] : [guests.cart, { cartTokenHash: hashOf(guests.token) }]
    const [told, { data }] = await Promise.all([
      lock(carts, randomUUID(), cart, buyer),
      carts.ask(owner, mergeCart, { token: guests.token }),
    ])
    const [refusal] = data.cartMerge.userErrors
    expect(await unitsOf(variant)).toEqual({ units: 8, lines: refusal ? 2 : 1 })
    if (refusal) {
      expect(refusal.code).toBe('CART_LOCKED')
      expect(told).toMatchObject({ outcome: 'locked', version: 1, lines: [{ quantity: round % 2 === 0 ? 5 : 3 }] })
    } else if (round % 2 === 0) {
      expect(told).toMatchObject({ outcome: 'locked', version: 2, lines: [{ quantity: 8 }] })
    } else expect(told).toEqual({ outcome: 'not-found' })
  }
})

test('a merge and a new price that wait for the same two carts do not wait for each other', async () => {
  const variant = carts.products.sells(1_000)
  const owner = user()
  const older = await opened(guest(), variant, 1)
  await opened(owner, variant, 1)
  // Whoever took the younger cart first would now hold it while waiting for the older one.
  await carts.sql('begin')
  await carts.sql('select id from cart where id = $1 for update', [cartUuid(older.cart)])
  const merging = carts.ask(owner, mergeCart, { token: older.token })
  await waiting(1)
  const telling = deliver(carts, priceEvent(variant, 2, 1_100))
  await waiting(2)
  await carts.sql('commit')
  const [{ data }] = await Promise.all([merging, telling])
  expect(codesOf([{ data }])).toEqual(['merged'])
  expect(await unitsOf(variant)).toEqual({ units: 2, lines: 1 })
})

/** Resolves when so many backends of this database wait for a lock. */
const waiting = (count: number) =>
  eventually(async () => {
    await carts.sql('select pg_stat_clear_snapshot()')
    const rows = await carts.sql<{ count: number }>(
      `select count(distinct l.pid)::int from pg_locks l join pg_stat_activity a using (pid)
       where not l.granted and a.datname = current_database()`,
    )
    expect(rows).toEqual([{ count }])
  })

test('merges beside prices that change end without a deadlock, at the latest price', async () => {
  const variant = carts.products.sells(1_000)
  const pairs = await atOnce(8, async () => {
    const owner = user()
    // The guest's cart is the older of the two in half of the pairs.
    const first = await opened(guest(), variant, 1)
    await opened(owner, variant, 1)
    return { owner, token: first.token }
  })
  const [answers] = await Promise.all([
    atOnce(8, (index) => carts.ask(pairs[index]!.owner, mergeCart, { token: pairs[index]!.token })),
    atOnce(16, (index) => deliver(carts, priceEvent(variant, index + 2, 2_000 + index))),
  ])
  expect(new Set(codesOf(answers))).toEqual(new Set(['merged']))
  expect(
    await carts.sql(
      'select distinct quantity, current_unit_price, price_version from cart_line where variant_id = $1',
      [variant],
    ),
  ).toEqual([{ quantity: 2, current_unit_price: 2_015, price_version: 17 }])
})
