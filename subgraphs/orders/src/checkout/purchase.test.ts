import { money } from '@cartograph/money'
import { describe, expect, test } from 'vitest'
import { refundAmount } from '../order/refund-order.ts'
import { paidFor, pricePurchase, taxOn } from './purchase.ts'

const vat = { name: 'VAT', rate: 2_000, included: true }
const salesTax = { name: 'Sales tax', rate: 725, included: false }

const line = (unitPrice: number, quantity: number) => ({
  variantId: 'v',
  productId: 'p',
  sku: 's',
  title: 't',
  unitPrice,
  quantity,
})
const post = (price: number) => ({ name: 'Standard', price: money(price, 'GBP') })

describe('tax is rounded half up, once for the order', () => {
  test.each([
    // A sixth of the price is VAT of 20 %.
    [600, vat, 100],
    [1, vat, 0],
    [2, vat, 0],
    [3, vat, 1], // 0.5
    [9, vat, 2], // 1.5
    [3_994, vat, 666], // 665.67
    [0, vat, 0],
    // On top: 7.25 %.
    [100, salesTax, 7],
    [2_000, salesTax, 145],
    [200, salesTax, 15], // 14.5
    [6, salesTax, 0], // 0.435
    [7, salesTax, 1], // 0.5075
    [100, null, 0],
  ])('of %i', (amount, taxRate, tax) => expect(taxOn(amount, taxRate)).toBe(tax))

  test('exactly, also where a number would not be', () => {
    // (2^53 - 1) × 2000 / 12000 = 1501199875790165.17; a float is off by one here.
    expect(taxOn(Number.MAX_SAFE_INTEGER, vat)).toBe(1_501_199_875_790_165)
    expect(taxOn(9_007_199_254_740_990, { ...vat, rate: 1_900 })).toBe(1_438_124_250_756_965)
  })
})

describe('a purchase costs', () => {
  test('its lines and its post, tax within, where prices hold it', () => {
    expect(pricePurchase([line(1_250, 2), line(999, 1)], post(495), vat)).toMatchObject({
      subtotal: 3_499,
      shipping: 495,
      tax: 666,
      total: 3_994,
    })
  })

  test('tax on top, on the post too, where they do not', () => {
    expect(pricePurchase([line(333, 7)], post(495), salesTax)).toMatchObject({
      subtotal: 2_331,
      shipping: 495,
      tax: 205,
      total: 3_031,
    })
  })

  test('nothing, where nothing is to pay', () => {
    expect(pricePurchase([line(0, 3)], post(0), salesTax)).toMatchObject({ subtotal: 0, tax: 0, total: 0 })
  })

  test('never more than can be counted', () => {
    expect(() => pricePurchase([line(Number.MAX_SAFE_INTEGER, 2)], post(0), null)).toThrow('not an amount')
  })
})

/** Numbers that are the same in every run (mulberry32). */
function numbersOf(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

test.each([vat, salesTax, null])('refunds in any order and any parts come to exactly the total (%j)', (taxRate) => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const below = numbersOf(seed)
    const lines = Array.from({ length: 1 + below(4) }, () => line(below(5_000), 1 + below(6)))
    const { total, shipping } = pricePurchase(lines, post(below(1_000)), taxRate)
    const state = lines.map(({ unitPrice, quantity }) => ({
      unitPrice: money(unitPrice, 'GBP'),
      refunded: 0,
      quantity,
    }))
    let [refunded, shippingRefunded] = [0, false]
    while (!shippingRefunded || state.some(({ refunded: units, quantity }) => units < quantity)) {
      const open = state.filter(({ refunded: units, quantity }) => units < quantity)
      const chosen = open
        .filter(() => below(2) === 0)
        .map((each) => ({ line: each, quantity: 1 + below(each.quantity - each.refunded) }))
      const withShipping: boolean = !shippingRefunded && below(3) === 0
      const tax = taxRate && { taxRate, amount: money(0, 'GBP') }
      const amount = refundAmount(
        { shipping: money(shipping, 'GBP'), shippingRefunded, tax },
        state,
        chosen,
        withShipping,
      )
      expect(amount).toBeGreaterThanOrEqual(0)
      refunded += amount
      for (const { line: each, quantity } of chosen) each.refunded += quantity
      shippingRefunded ||= withShipping
    }
    expect(refunded).toBe(total)
  }
})

test('what a customer has paid for something is its price, and tax where prices do not hold it', () => {
  expect([paidFor(100, vat), paidFor(200, salesTax), paidFor(100, null)]).toEqual([100, 215, 100])
})
