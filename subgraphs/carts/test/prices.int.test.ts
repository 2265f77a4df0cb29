import { randomUUID } from 'node:crypto'
import { entitiesQuery, user } from '@cartograph/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  addLines,
  type CartData,
  cartsUnderTest,
  type CartsUnderTest,
  createCart,
  staff,
  updateLines,
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

async function userWith(...variants: string[]) {
  const owner = user()
  const lines = variants.map((variant) => ({ variantId: variantId(variant), quantity: 2 }))
  return { owner, cart: (await carts.ask(owner, createCart, { lines })).data.cartCreate.cart }
}

const fields = 'unitPrice { amount } currentUnitPrice { amount currencyCode } priceChanged'
async function pricesOf(owner: ReturnType<typeof user>, { id }: CartData) {
  type Line = { unitPrice: { amount: string }; currentUnitPrice: { amount: string }; priceChanged: boolean }
  const query = `query ($id: ID!) { cart(id: $id) { lines { ${fields} } subtotal { amount } } }`
  const { data } = await carts.ask<{ cart: { lines: Line[]; subtotal: { amount: string } } }>(owner, query, { id })
  return {
    subtotal: data.cart.subtotal.amount,
    lines: data.cart.lines.map((line) => [line.unitPrice.amount, line.currentUnitPrice.amount, line.priceChanged]),
  }
}
/** Carts and lines as they are stored, without the inbox. */
async function storedCarts() {
  const { cart, cart_line: lines } = await carts.stored()
  return { cart, lines }
}

describe('price-changed', () => {
  test('is shown beside the price of adding, which stays, while products is down', async () => {
    const [one, other] = [carts.products.sells(1_250), carts.products.sells(300)]
    const { owner, cart } = await userWith(one, other)
    expect(await pricesOf(owner, cart)).toEqual({
      subtotal: '31.00',
      lines: [
        ['12.50', '12.50', false],
        ['3.00', '3.00', false],
      ],
    })
    await deliver(carts, priceEvent(one, 2, 1_399))
    carts.products.behaviour = 'is down'
    expect(await pricesOf(owner, cart)).toEqual({
      subtotal: '31.00',
      lines: [
        ['12.50', '13.99', true],
        ['3.00', '3.00', false],
      ],
    })
    await deliver(carts, priceEvent(one, 3, 1_250))
    expect(await pricesOf(owner, cart)).toMatchObject({
      lines: [
        ['12.50', '12.50', false],
        ['3.00', '3.00', false],
      ],
    })
  })

  test('changes nothing when it comes late, again, or for another currency', async () => {
    const variant = carts.products.sells(1_000)
    await userWith(variant)
    const third = priceEvent(variant, 3, 1_300)
    await deliver(carts, third)
    const before = await storedCarts()
    await deliver(carts, priceEvent(variant, 2, 1_200), third, priceEvent(variant, 3, 9_999))
    await deliver(carts, priceEvent(variant, 4, 1_400, 'EUR'))
    expect(await storedCarts()).toEqual(before)
  })

  test('is not told to carts that were bought, but to those that a checkout holds', async () => {
    const variant = carts.products.sells(1_000)
    const [bought, held] = [await userWith(variant), await userWith(variant)]
    const checkoutId = randomUUID()
    await lock(carts, checkoutId, bought.cart, { userId: bought.owner.id })
    await deliver(carts, orderEvent(checkoutId, bought.cart))
    await lock(carts, randomUUID(), held.cart, { userId: held.owner.id })
    await deliver(carts, priceEvent(variant, 2, 1_100))
    expect((await pricesOf(bought.owner, bought.cart)).lines).toEqual([['10.00', '10.00', false]])
    expect((await pricesOf(held.owner, held.cart)).lines).toEqual([['10.00', '11.00', true]])
  })

  test('that carts does not know, or cannot read, is rejected and changes nothing', async () => {
    const before = await carts.stored()
    const event = priceEvent(randomUUID(), 2, 100)
    expect(
      await carts.post('/events', {
        events: [
          { ...event, name: 'products.unheard-of.v1' },
          { ...event, payload: {} },
        ],
      }),
    ).toEqual({ status: 200, content: { outcomes: ['rejected', 'rejected'] } })
    expect(await carts.stored()).toEqual(before)
  })
})

test('units that are added or raised take the offer with its version, so that an earlier event says nothing new', async () => {
  const variant = carts.products.sells(1_000)
  const { owner, cart } = await userWith(variant)
  const offer = (unitPrice: number, version: number) =>
    carts.products.offers.set(variant, { unitPrice, currencyCode: 'GBP', purchasable: true, version })
  offer(1_400, 4)
  await carts.ask(owner, addLines, { cartId: cart.id, lines: [{ variantId: variantId(variant) }] })
  expect((await pricesOf(owner, cart)).lines).toEqual([['14.00', '14.00', false]])
  await deliver(carts, priceEvent(variant, 3, 1_300), priceEvent(variant, 4, 1_400))
  expect((await pricesOf(owner, cart)).lines).toEqual([['14.00', '14.00', false]])
  offer(1_600, 6)
  await carts.ask(owner, updateLines, { cartId: cart.id, lines: [{ lineId: cart.lines[0]!.id, quantity: 9 }] })
  await deliver(carts, priceEvent(variant, 5, 1_500))
  expect((await pricesOf(owner, cart)).lines).toEqual([['16.00', '16.00', false]])
  await deliver(carts, priceEvent(variant, 7, 1_700))
  expect((await pricesOf(owner, cart)).lines).toEqual([['16.00', '17.00', true]])
  // The offer was made before the event that the line has heard of since.
  await carts.ask(owner, addLines, { cartId: cart.id, lines: [{ variantId: variantId(variant) }] })
  expect((await pricesOf(owner, cart)).lines).toEqual([['17.00', '17.00', false]])
})

test('a line of before there were current prices costs what it cost', async () => {
  const { owner, cart } = await userWith(carts.products.sells(777))
  await carts.sql('update cart_line set current_unit_price = null, price_version = 0 where cart_id = $1', [
    cartUuid(cart),
  ])
  expect((await pricesOf(owner, cart)).lines).toEqual([['7.77', '7.77', false]])
})

describe('CartLine.availability', () => {
  const query = entitiesQuery('... on CartLine { availability }')
  type Lines = { _entities: { availability: string | null }[] }
  const availabilityOf = async (lines: { id: string }[]) => {
    const of = lines.map(({ id }) => ({ __typename: 'CartLine', id }))
    const { data, errors } = await carts.ask<Lines>(staff(), query, { of })
    expect(errors).toBeUndefined()
    return data._entities.map(({ availability }) => availability)
  }

  test('says of each line whether it could be bought now', async () => {
    const [plenty, enough, short, withdrawn, unknown] = Array.from({ length: 5 }, () => carts.products.sells())
    const { cart } = await userWith(plenty!, enough!, short!, withdrawn!, unknown!)
    carts.inventory.available.set(enough!, 2).set(short!, 1)
    carts.products.offers.set(withdrawn!, { unitPrice: 1, currencyCode: 'GBP', purchasable: false })
    carts.products.offers.delete(unknown!)
    expect(await availabilityOf(cart.lines)).toEqual([
      'AVAILABLE',
      'AVAILABLE',
      'INSUFFICIENT_STOCK',
      'NOT_FOR_SALE',
      'NOT_FOR_SALE',
    ])
  })

  test.for(['fails', 'talks nonsense', 'is down', 'hangs'] as const)(
    'is null where a service %s',
    async (behaviour) => {
      const [sold, withdrawn] = [carts.products.sells(), carts.products.sells()]
      const { cart } = await userWith(sold, withdrawn)
      carts.products.offers.delete(withdrawn)
      carts.inventory.behaviour = behaviour
      expect(await availabilityOf(cart.lines)).toEqual([null, 'NOT_FOR_SALE'])
      carts.inventory.behaviour = 'answers'
      carts.products.behaviour = behaviour
      expect(await availabilityOf(cart.lines)).toEqual([null, null])
    },
  )

  test('is null, and asks nothing, of a cart that is held or bought', async () => {
    const { owner, cart } = await userWith(carts.products.sells())
    const asked = () => [carts.products.asked.length, carts.inventory.asked.length]
    const before = asked()
    const checkoutId = randomUUID()
    await lock(carts, checkoutId, cart, { userId: owner.id })
    expect(await availabilityOf(cart.lines)).toEqual([null])
    await deliver(carts, orderEvent(checkoutId, cart))
    expect(await availabilityOf(cart.lines)).toEqual([null])
    expect(asked()).toEqual(before)
  })

  test.for([1, 50])('of %i carts asks each service once, and reads one statement', async (count) => {
    const variants = Array.from({ length: 2 }, () => carts.products.sells())
    const opened = await Promise.all(Array.from({ length: count }, () => userWith(...variants)))
    const [prices, stock] = [carts.products.asked.length, carts.inventory.asked.length]
    const lines = opened.flatMap(({ cart }) => cart.lines)
    expect(await carts.statementsOf(() => availabilityOf(lines))).toHaveLength(1)
    expect(carts.products.asked.slice(prices)).toEqual([variants])
    expect(carts.inventory.asked.slice(stock)).toEqual([variants])
  })
})
