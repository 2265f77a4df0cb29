import { type CurrencyCode, money } from '@cartograph/money'
import { expect, test } from 'vitest'
import { type Findings, nothingAsked } from './ask-about-variants.ts'
import type { CartLine } from './cart.ts'
import { planMerge } from './merge-rules.ts'

const line = (variantId: string, quantity: number, position: number, priceVersion = 2): CartLine => ({
  id: `line of ${variantId}`,
  cartId: 'c',
  variantId,
  quantity,
  unitPrice: money(100 + position, 'GBP'),
  currentUnitPrice: money(100 + priceVersion, 'GBP'),
  priceVersion,
  position,
  cartStatus: 'ACTIVE',
  access: { userId: 'u', tokenHash: null, openedByViewer: false },
})
const findings = (
  prices: Record<string, CurrencyCode> | null,
  stock: Record<string, number> | null,
  asked = ['a', 'b', 'c'],
): Findings => ({
  asked: new Set(asked),
  offers: prices && new Map(Object.entries(prices).map(([id, code]) => [id, { price: money(200, code), version: 3 }])),
  availability: stock && new Map(Object.entries(stock)),
})
const offered = { unitPrice: 200, currentUnitPrice: 200, priceVersion: 3 }
const plan = (own: CartLine[], guests: CartLine[], found: Findings) => {
  const { changes, capped } = planMerge(own, guests, found, 'GBP')
  return { puts: changes.puts, capped: capped.map((one) => Object.values(one)) }
}
const gbp = { a: 'GBP', b: 'GBP', c: 'GBP' } as const

test('adds quantities up at the price of the offer, and puts what is new last, in the order of the guest', () => {
  expect(
    plan([line('a', 2, 0), line('z', 1, 5)], [line('c', 1, 0), line('a', 3, 1), line('b', 4, 2)], findings(gbp, null)),
  ).toEqual({
    puts: [
      { variantId: 'c', quantity: 1, ...offered, position: 6 },
      { variantId: 'a', quantity: 5, ...offered, position: 0 },
      { variantId: 'b', quantity: 4, ...offered, position: 7 },
    ],
    capped: [],
  })
})

test('caps at what is available, and takes nothing from a line that has more already', () => {
  const guests = [line('a', 5, 0), line('b', 5, 1), line('c', 5, 2)]
  expect(plan([line('a', 3, 0), line('b', 9, 1)], guests, findings(gbp, { a: 6, b: 4 }))).toEqual({
    puts: [{ variantId: 'a', quantity: 6, ...offered, position: 0 }],
    capped: [
      ['a', 8, 6, 'INSUFFICIENT_STOCK'],
      ['b', 14, 9, 'INSUFFICIENT_STOCK'],
      ['c', 5, 0, 'INSUFFICIENT_STOCK'],
    ],
  })
  expect(plan([], [line('a', 5, 0)], findings(gbp, { a: -3 })).capped).toEqual([['a', 5, 0, 'INSUFFICIENT_STOCK']])
})

test('caps at what a line and a cart may hold', () => {
  const full = Array.from({ length: 99 }, (_, index) => line(String(index), 1, index))
  const merged = plan(
    [line('a', 9_000, 200), ...full],
    [line('b', 1, 0), line('a', 1_000, 1)],
    findings(gbp, { a: 20_000, b: 1 }),
  )
  expect(merged.puts).toMatchObject([{ variantId: 'a', quantity: 9_999 }])
  expect(merged.capped).toEqual([
    ['b', 1, 0, 'CART_LIMIT'],
    ['a', 10_000, 9_999, 'LINE_LIMIT'],
  ])
  const room = plan(full, [line('a', 1, 0), line('b', 1, 1)], findings(gbp, null))
  expect(room.puts).toMatchObject([{ variantId: 'a' }])
  expect(room.capped).toEqual([['b', 1, 0, 'CART_LIMIT']])
})

test('brings nothing that is not for sale, or costs another currency', () => {
  const guests = [line('a', 1, 0), line('b', 1, 1), line('c', 1, 2)]
  expect(plan([line('a', 2, 0)], guests, findings({ b: 'EUR', c: 'GBP' }, null))).toEqual({
    puts: [{ variantId: 'c', quantity: 1, ...offered, position: 1 }],
    capped: [
      ['a', 3, 2, 'NOT_FOR_SALE'],
      ['b', 1, 0, 'NOT_FOR_SALE'],
    ],
  })
})

test('without answers keeps the price of the guest and the latest that either line has heard of', () => {
  const own = [line('a', 1, 0, 7), line('b', 1, 1, 1)]
  const guests = [line('a', 1, 8, 4), line('b', 1, 9, 4), line('c', 1, 5, 4)]
  for (const unknown of [nothingAsked, findings(null, null)]) {
    expect(plan(own, guests, unknown)).toEqual({
      puts: [
        { variantId: 'a', quantity: 2, unitPrice: 108, currentUnitPrice: 107, priceVersion: 7, position: 0 },
        { variantId: 'b', quantity: 2, unitPrice: 109, currentUnitPrice: 104, priceVersion: 4, position: 1 },
        { variantId: 'c', quantity: 1, unitPrice: 105, currentUnitPrice: 104, priceVersion: 4, position: 2 },
      ],
      capped: [],
    })
  }
})

test('judges what was not asked about by the limits of a cart alone', () => {
  expect(plan([], [line('a', 9, 0)], findings({}, {}, ['b']))).toMatchObject({ puts: [{ quantity: 9 }], capped: [] })
})
