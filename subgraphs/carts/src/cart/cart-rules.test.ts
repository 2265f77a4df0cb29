import { Refused } from '@cartograph/error-catalogue'
import { type CurrencyCode, money } from '@cartograph/money'
import { describe, expect, test } from 'vitest'
import { type Findings, nothingAsked } from './ask-about-variants.ts'
import { checkUpdates, demandOf, planAddition, planRemoval, planUpdate } from './cart-rules.ts'
import type { CartLine } from './cart.ts'

const access = { userId: 'u', tokenHash: null, openedByViewer: false }
const line = (name: string, quantity: number, position: number): CartLine => ({
  id: `line of ${name}`,
  cartId: 'c',
  variantId: name,
  quantity,
  unitPrice: money(100, 'GBP'),
  currentUnitPrice: money(110, 'GBP'),
  priceVersion: 2,
  position,
  cartStatus: 'ACTIVE',
  access,
})
const offer = (currencyCode: CurrencyCode, version = 3) => ({ price: money(200, currencyCode), version })
const gbp = (...names: string[]) => new Map(names.map((name) => [name, offer('GBP')]))
const asOffered = { unitPrice: 200, currentUnitPrice: 200, priceVersion: 3 }
const asBefore = { unitPrice: 100, currentUnitPrice: 110, priceVersion: 2 }

/** The codes and paths that `plan` is refused with. */
function refusalsOf(plan: () => unknown): string[] {
  try {
    plan()
  } catch (error) {
    if (error instanceof Refused) return error.userErrors.map(({ code, path }) => `${code} ${path?.join('.')}`)
    throw error
  }
  return []
}

describe('demandOf', () => {
  test('sums what names one variant, in the order and at the place of first mention', () => {
    const lines = [
      { variantId: 'b', quantity: 1 },
      { variantId: 'a', quantity: 2 },
      { variantId: 'b', quantity: 3 },
    ]
    expect(demandOf(lines)).toEqual([
      { variantId: 'b', units: 4, path: ['lines', '0'] },
      { variantId: 'a', units: 2, path: ['lines', '1'] },
    ])
  })

  test('takes 1 to 9999 units of 1 to 100 inputs', () => {
    const inputs =
      (...quantities: number[]) =>
      () =>
        demandOf(quantities.map((quantity) => ({ variantId: 'a', quantity })))
    expect(refusalsOf(inputs(1, 9_999))).toEqual([])
    expect(refusalsOf(inputs(0, 1, 10_000))).toEqual([
      'INVALID_INPUT lines.0.quantity',
      'INVALID_INPUT lines.2.quantity',
    ])
    expect(refusalsOf(inputs())).toEqual(['INVALID_INPUT lines'])
    expect(refusalsOf(inputs(...Array.from({ length: 101 }, () => 1)))).toEqual(['INVALID_INPUT lines'])
  })
})

describe('planAddition', () => {
  const plan = (
    lines: CartLine[],
    units: Record<string, number>,
    offers = gbp(...Object.keys(units)),
    availability: Map<string, number> | null = null,
  ) => {
    const demand = Object.entries(units).map(([variantId, count], index) => ({
      variantId,
      units: count,
      path: ['lines', String(index)],
    }))
    return planAddition({ currencyCode: 'GBP', lines }, { demand, offers, availability })
  }

  test('adds to a line where it stands, at the price of the offer, and puts new ones last', () => {
    expect(plan([line('a', 1, 3), line('b', 1, 7)], { c: 1, a: 2, d: 1 }).puts).toEqual([
      { variantId: 'c', quantity: 1, ...asOffered, position: 8 },
      { variantId: 'a', quantity: 3, ...asOffered, position: 3 },
      { variantId: 'd', quantity: 1, ...asOffered, position: 9 },
    ])
  })

  test('judges the quantity that the line would hold', () => {
    const held = [line('a', 9_000, 0)]
    expect(refusalsOf(() => plan(held, { a: 999 }))).toEqual([])
    expect(refusalsOf(() => plan(held, { a: 1_000 }))).toEqual(['CART_LIMIT_EXCEEDED lines.0.quantity'])
    expect(refusalsOf(() => plan(held, { a: 1 }, gbp('a'), new Map([['a', 9_001]])))).toEqual([])
    expect(refusalsOf(() => plan(held, { a: 2 }, gbp('a'), new Map([['a', 9_001]])))).toEqual([
      'INSUFFICIENT_STOCK lines.0.quantity',
    ])
  })

  test('takes a variant that the answer leaves out for one without stock', () => {
    expect(refusalsOf(() => plan([], { a: 1 }, gbp('a'), new Map()))).toEqual(['INSUFFICIENT_STOCK lines.0.quantity'])
  })

  test('refuses a variant without an offer or in another currency', () => {
    const offers = new Map([['b', offer('USD')]])
    expect(refusalsOf(() => plan([line('c', 1, 0)], { a: 1, b: 1 }, offers))).toEqual([
      'NOT_FOUND lines.0.variantId',
      'CURRENCY_MISMATCH lines.1.variantId',
    ])
  })

  test('has an empty cart take the currency of what comes first, and keeps that of any other', () => {
    const offers = new Map([
      ['b', offer('USD')],
      ['c', offer('GBP')],
    ])
    expect(plan([], { b: 1 }, offers).currencyCode).toBe('USD')
    expect(plan([line('a', 1, 0)], { c: 1 }, offers).currencyCode).toBe('GBP')
    expect(refusalsOf(() => plan([], { b: 1, c: 1 }, offers))).toEqual(['CURRENCY_MISMATCH lines.1.variantId'])
  })

  test('keeps a price that the line has heard of since the offer was made', () => {
    const [put] = plan([line('a', 1, 0)], { a: 1 }, new Map([['a', offer('GBP', 1)]])).puts
    expect(put).toEqual({
      variantId: 'a',
      quantity: 2,
      unitPrice: 110,
      currentUnitPrice: 110,
      priceVersion: 2,
      position: 0,
    })
  })

  test('lets a full cart have more units but not more lines', () => {
    const full = Array.from({ length: 100 }, (_, index) => line(String(index), 1, index))
    expect(refusalsOf(() => plan(full, { 7: 1 }))).toEqual([])
    expect(refusalsOf(() => plan(full, { 7: 1, another: 1 }))).toEqual(['CART_LIMIT_EXCEEDED lines'])
  })
})

describe('planUpdate', () => {
  const lines = [line('a', 5, 0), line('b', 5, 1)]

  const found = (
    offers: Findings['offers'],
    availability: Findings['availability'] = null,
    asked = ['a'],
  ): Findings => ({ asked: new Set(asked), offers, availability })

  test('sets quantities at the price of before where nothing was asked, and removes at 0', () => {
    expect(
      planUpdate(
        lines,
        [
          { lineId: 'line of b', quantity: 7 },
          { lineId: 'line of a', quantity: 0 },
        ],
        nothingAsked,
      ),
    ).toEqual({
      puts: [{ variantId: 'b', quantity: 7, ...asBefore, position: 1 }],
      removedIds: ['line of a'],
    })
  })

  test('looks at stock only where a quantity rises', () => {
    const update = (quantity: number) => () =>
      planUpdate(lines, [{ lineId: 'line of a', quantity }], found(gbp('a'), new Map([['a', 2]])))
    for (const quantity of [0, 3, 5]) expect(refusalsOf(update(quantity))).toEqual([])
    expect(refusalsOf(update(6))).toEqual(['INSUFFICIENT_STOCK lines.0.quantity'])
  })

  test('takes the offer where a quantity rises, and there alone', () => {
    const update = (quantity: number, findings: Findings) =>
      planUpdate(lines, [{ lineId: 'line of a', quantity }], findings).puts
    expect(update(6, found(gbp('a')))).toEqual([{ variantId: 'a', quantity: 6, ...asOffered, position: 0 }])
    for (const [quantity, findings] of [
      [5, found(gbp('a'))],
      [4, found(gbp('a'))],
      [6, found(gbp('b'), null, ['b'])],
    ] as const) {
      expect(update(quantity, findings)).toEqual([{ variantId: 'a', quantity, ...asBefore, position: 0 }])
    }
  })

  test('raises no line that is not for sale, or has come to cost another currency', () => {
    const update = (quantity: number, offers: Findings['offers']) => () =>
      planUpdate(lines, [{ lineId: 'line of a', quantity }], found(offers))
    expect(refusalsOf(update(6, new Map()))).toEqual(['NOT_FOR_SALE lines.0.quantity'])
    expect(refusalsOf(update(4, new Map()))).toEqual([])
    expect(refusalsOf(update(6, new Map([['a', offer('EUR')]])))).toEqual(['CURRENCY_MISMATCH lines.0.quantity'])
  })

  test('refuses a line that the cart lacks, and one that is named twice', () => {
    expect(refusalsOf(() => planUpdate(lines, [{ lineId: 'line of c', quantity: 1 }], nothingAsked))).toEqual([
      'NOT_FOUND lines.0.lineId',
    ])
    const twice = [
      { lineId: 'l', quantity: 1 },
      { lineId: 'm', quantity: 9_999 },
      { lineId: 'l', quantity: 0 },
    ]
    expect(refusalsOf(() => checkUpdates(twice))).toEqual(['INVALID_INPUT lines.2.lineId'])
    expect(
      refusalsOf(() =>
        checkUpdates([
          { lineId: 'l', quantity: -1 },
          { lineId: 'm', quantity: 10_000 },
        ]),
      ),
    ).toEqual(['INVALID_INPUT lines.0.quantity', 'INVALID_INPUT lines.1.quantity'])
  })
})

test('planRemoval takes a line named twice once, and refuses one that the cart lacks', () => {
  expect(planRemoval([line('a', 1, 0)], ['line of a', 'line of a']).removedIds).toEqual(['line of a'])
  expect(refusalsOf(() => planRemoval([line('a', 1, 0)], ['line of a', 'line of b']))).toEqual(['NOT_FOUND lineIds.1'])
})
