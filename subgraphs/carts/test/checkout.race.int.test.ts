import { randomUUID } from 'node:crypto'
import { user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addLines, cartsUnderTest, type CartsUnderTest, createCart, variantId } from './carts-under-test.ts'
import { cartUuid, deliver, lock, orderEvent, priceEvent, unlock } from './messages-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())

const atOnce = <Result>(times: number, run: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: times }, (_, index) => run(index)))

async function newCart() {
  const owner = user()
  const variant = carts.products.sells()
  const lines = [{ variantId: variantId(variant), quantity: 2 }]
  const { cart } = (await carts.ask(owner, createCart, { lines })).data.cartCreate
  return { owner, cart, variant, buyer: { userId: owner.id } }
}
const heldBy = async (cart: Parameters<typeof cartUuid>[0]) =>
  (
    await carts.sql<{ locked_by: string | null; status: string }>('select locked_by, status from cart where id = $1', [
      cartUuid(cart),
    ])
  )[0]!

test('of ten checkouts at once one holds the cart', async () => {
  const { cart, buyer } = await newCart()
  const checkouts = Array.from({ length: 10 }, () => randomUUID())
  const outcomes = await atOnce(10, (index) => lock(carts, checkouts[index]!, cart, buyer))
  const winner = checkouts.find((_, index) => outcomes[index]!.outcome === 'locked')
  expect(outcomes.filter(({ outcome }) => outcome === 'locked-by-another')).toHaveLength(9)
  expect(await heldBy(cart)).toEqual({ locked_by: winner, status: 'ACTIVE' })
})

test('a checkout that locks and lets go at once never holds the cart afterwards', async () => {
  for (let round = 0; round < 25; round += 1) {
    const { cart, buyer } = await newCart()
    const checkoutId = randomUUID()
    await Promise.all(
      round % 2 === 0
        ? [lock(carts, checkoutId, cart, buyer), unlock(carts, checkoutId, cart)]
        : [unlock(carts, checkoutId, cart), lock(carts, checkoutId, cart, buyer)],
    )
    expect(await heldBy(cart)).toEqual({ locked_by: null, status: 'ACTIVE' })
  }
})

test('the same lock sent ten times at once holds once and answers the same', async () => {
  const { cart, buyer } = await newCart()
  const checkoutId = randomUUID()
  const outcomes = await atOnce(10, () => lock(carts, checkoutId, cart, buyer))
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  expect(outcomes[0]).toMatchObject({ outcome: 'locked' })
})

test('what is added while a checkout locks is either in what it was told, or refused', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { owner, cart, variant, buyer } = await newCart()
    const add = () =>
      carts.ask(owner, addLines, { cartId: cart.id, lines: [{ variantId: variantId(variant), quantity: 5 }] })
    const [told, ...answers] = await Promise.all([lock(carts, randomUUID(), cart, buyer), add(), add(), add()])
    const added = answers.filter(({ data }) => data.cartLinesAdd.userErrors.length === 0).length
    const refusals = answers.flatMap(({ data }) => data.cartLinesAdd.userErrors)
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'CART_LOCKED'))
    expect(told).toMatchObject({ outcome: 'locked', version: 1 + added, lines: [{ quantity: 2 + 5 * added }] })
    expect(await carts.sql('select quantity from cart_line where cart_id = $1', [cartUuid(cart)])).toEqual([
      { quantity: 2 + 5 * added },
    ])
  }
})

test('an order delivered ten times at once closes its cart once', async () => {
  const { cart, buyer } = await newCart()
  const checkoutId = randomUUID()
  await lock(carts, checkoutId, cart, buyer)
  const event = orderEvent(checkoutId, cart)
  await atOnce(10, () => deliver(carts, event))
  expect(await heldBy(cart)).toEqual({ locked_by: null, status: 'CHECKED_OUT' })
})

test('prices of shared variants, told in any order while carts are written to, end at the latest without a deadlock', async () => {
  const variants = Array.from({ length: 4 }, () => carts.products.sells(1_000))
  const lines = variants.map((variant) => ({ variantId: variantId(variant) }))
  const opened = await atOnce(6, async () => {
    const owner = user()
    return { owner, cart: (await carts.ask(owner, createCart, { lines })).data.cartCreate.cart }
  })
  const versions = [5, 2, 4, 3, 6]
  const telling = atOnce(20, (index) => {
    const version = versions[index % 5]!
    return deliver(carts, priceEvent(variants[index % 4]!, version, 1_000 + version))
  })
  const writing = atOnce(24, (index) => {
    const { owner, cart } = opened[index % 6]!
    const order = index % 2 === 0 ? lines : lines.toReversed()
    return carts.ask(owner, addLines, { cartId: cart.id, lines: order })
  })
  const [, answers] = await Promise.all([telling, writing])
  for (const { errors, data } of answers) expect([errors, data.cartLinesAdd.userErrors]).toEqual([undefined, []])
  expect(
    await carts.sql(
      `select distinct current_unit_price, price_version, quantity from cart_line where variant_id = any($1)`,
      [variants],
    ),
  ).toEqual([{ current_unit_price: 1_006, price_version: 6, quantity: 5 }])
})
