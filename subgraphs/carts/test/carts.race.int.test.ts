import { guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  addLines,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  removeLines,
  updateLines,
  variantId,
} from './carts-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())

const atOnce = <Result>(times: number, run: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, index) => run(index)))

async function storedCarts(userId: string) {
  return carts.sql<{ version: number; units: number | null }>(
    `select c.version, sum(l.quantity)::int as units
     from cart c left join cart_line l on l.cart_id = c.id where c.user_id = $1 group by c.id`,
    [userId],
  )
}

test('of ten opening a cart for one user at once all get the same', async () => {
  const owner = user()
  const answers = await atOnce(10, () => carts.ask(owner, createCart))
  expect(new Set(answers.map(({ data }) => data.cartCreate.cart.id)).size).toBe(1)
  expect(await storedCarts(owner.id!)).toEqual([{ version: 1, units: null }])
})

test('ten opening a cart with lines at once lose no unit', async () => {
  const owner = user()
  const lines = [{ variantId: variantId(carts.products.sells()), quantity: 3 }]
  const answers = await atOnce(10, () => carts.ask(owner, createCart, { lines }))
  const versions = answers.map(({ data }) => data.cartCreate.cart.version)
  expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(await storedCarts(owner.id!)).toEqual([{ version: 10, units: 30 }])
})

test('twenty adding at once to one cart are all in it, each with a version of its own', async () => {
  const owner = user()
  const { cart } = (await carts.ask(owner, createCart)).data.cartCreate
  const [shared, own] = [carts.products.sells(), Array.from({ length: 20 }, () => carts.products.sells())]
  const answers = await atOnce(20, (index) => {
    const lines = [{ variantId: variantId(shared), quantity: index + 1 }, { variantId: variantId(own[index]!) }]
    return carts.ask(owner, addLines, { cartId: cart.id, lines })
  })
  const results = answers.map(({ data }) => data.cartLinesAdd.cart).toSorted((a, b) => a.version - b.version)
  expect(results.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2))
  // Each answer is the cart as that write left it, so units only ever rise from one version to the next.
  expect(results.map(({ lines }) => lines.length)).toEqual(Array.from({ length: 20 }, (_, index) => index + 2))
  expect(results.at(-1)!.totalQuantity).toBe(230)
  expect(await storedCarts(owner.id!)).toEqual([{ version: 21, units: 230 }])
})

test('of twenty adding at once on one expected version one wins, and the others change nothing', async () => {
  const owner = user()
  const { cart } = (await carts.ask(owner, createCart)).data.cartCreate
  const variant = carts.products.sells()
  const answers = await atOnce(20, () =>
    carts.ask(owner, addLines, {
      cartId: cart.id,
      expectedVersion: 1,
      lines: [{ variantId: variantId(variant), quantity: 7 }],
    }),
  )
  const refusals = answers.flatMap(({ data }) => data.cartLinesAdd.userErrors)
  expect(refusals).toHaveLength(19)
  expect(new Set(refusals.map(({ code, currentVersion }) => `${code} ${currentVersion}`))).toEqual(
    new Set(['CART_VERSION_CONFLICT 2']),
  )
  expect(await storedCarts(owner.id!)).toEqual([{ version: 2, units: 7 }])
})

test('twenty adding at once stop at the most that is available', async () => {
  const { cart, cartToken } = (await carts.ask(guest(), createCart)).data.cartCreate
  const variant = carts.products.sells()
  carts.inventory.available.set(variant, 50)
  const answers = await atOnce(20, () =>
    carts.ask(guest(cartToken), addLines, {
      cartId: cart.id,
      lines: [{ variantId: variantId(variant), quantity: 3 }],
    }),
  )
  expect(answers.filter(({ data }) => data.cartLinesAdd.userErrors[0]?.code === 'INSUFFICIENT_STOCK')).toHaveLength(4)
  const units = await carts.sql(`select quantity from cart_line where variant_id = $1`, [variant])
  expect(units).toEqual([{ quantity: 48 }])
})

test('writers of all kinds at once leave a version for each that was not refused', async () => {
  const owner = user()
  const lines = Array.from({ length: 4 }, () => ({ variantId: variantId(carts.products.sells()), quantity: 5 }))
  const { cart } = (await carts.ask(owner, createCart, { lines })).data.cartCreate
  const answers = await atOnce(24, async (index) => {
    const line = cart.lines[index % 4]!
    const kinds = [
      () => carts.ask(owner, addLines, { cartId: cart.id, lines: [{ variantId: line.variant.id }] }),
      () => carts.ask(owner, updateLines, { cartId: cart.id, lines: [{ lineId: line.id, quantity: 9 }] }),
      () => carts.ask(owner, removeLines, { cartId: cart.id, lineIds: [line.id] }),
    ]
    return kinds[index % 3]!()
  })
  expect(answers.filter(({ errors }) => errors)).toEqual([])
  const made = answers
    .flatMap(({ data }) => [data.cartLinesAdd ?? data.cartLinesUpdate ?? data.cartLinesRemove])
    .filter(({ userErrors }) => userErrors.length === 0)
  const last = made
    .map((payload) => payload.cart)
    .toSorted((a, b) => a.version - b.version)
    .at(-1)!
  expect(last.version).toBe(1 + made.length)
  expect(await storedCarts(owner.id!)).toEqual([{ version: last.version, units: last.totalQuantity || null }])
})
