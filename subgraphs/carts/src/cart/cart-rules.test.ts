import { Refused } from '@cartograph/error-catalogue'
import { money } from '@cartograph/money'
import { describe, expect, test } from 'vitest'
import { checkUpdates, demandOf, planAddition, planRemoval, planUpdate } from './cart-rules.ts'
import type { CartLine } from './cart.ts'

const access = { userId: 'u', tokenHash: null, openedByViewer: false }
const line = (name: string, quantity: number, position: number): CartLine => ({
  id: `line of ${name}`,
  cartId: 'c',
  variantId: name,
  quantity,
  unitPrice: money(100, 'GBP'),
  position,
  access,
})
const gbp = (...names: string[]) => new Map(names.map((name) => [name, money(200, 'GBP')]))

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
      { variantId: 'c', quantity: 1, unitPrice: 200, position: 8 },
      { variantId: 'a', quantity: 3, unitPrice: 200, position: 3 },
      { variantId: 'd', quantity: 1, unitPrice: 200, position: 9 },
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
    const offers = new Map([['b', money(200, 'USD')]])
    expect(refusalsOf(() => plan([], { a: 1, b: 1 }, offers))).toEqual([
      'NOT_FOUND lines.0.variantId',
      'CURRENCY_MISMATCH lines.1.variantId',
    ])
  })

  test('lets a full cart have more units but not more lines', () => {
    const full = Array.from({ length: 100 }, (_, index) => line(String(index), 1, index))
    expect(refusalsOf(() => plan(full, { 7: 1 }))).toEqual([])
    expect(refusalsOf(() => plan(full, { 7: 1, another: 1 }))).toEqual(['CART_LIMIT_EXCEEDED lines'])
  })
})

describe('planUpdate', () => {
  const lines = [line('a', 5, 0), line('b', 5, 1)]

  test('sets quantities at the price of before, and removes at 0', () => {
    expect(
      planUpdate(
        lines,
        [
          { lineId: 'line of b', quantity: 7 },
          { lineId: 'line of a', quantity: 0 },
        ],
        null,
      ),
    ).toEqual({
      puts: [{ variantId: 'b', quantity: 7, unitPrice: 100, position: 1 }],
      removedIds: ['line of a'],
    })
  })

  test('looks at stock only where a quantity rises', () => {
    const update = (quantity: number) => () =>
      planUpdate(lines, [{ lineId: 'line of a', quantity }], new Map([['a', 2]]))
    for (const quantity of [0, 3, 5]) expect(refusalsOf(update(quantity))).toEqual([])
    expect(refusalsOf(update(6))).toEqual(['INSUFFICIENT_STOCK lines.0.quantity'])
  })

  test('refuses a line that the cart lacks, and one that is named twice', () => {
    expect(refusalsOf(() => planUpdate(lines, [{ lineId: 'line of c', quantity: 1 }], null))).toEqual([
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
