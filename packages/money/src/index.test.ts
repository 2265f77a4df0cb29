import { describe, expect, test } from 'vitest'
import { add, fromDecimal, money, multiply, sum, toDecimal } from './index.ts'

describe('toDecimal', () => {
  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [1234, '12.34'],
    [-5, '-0.05'],
    [-1234, '-12.34'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
  ])('%d pence is %s', (pence, text) => expect(toDecimal(money(pence, 'GBP'))).toBe(text))
})

describe('fromDecimal', () => {
  test.each([
    ['0', 0],
    ['12.5', 1250],
    ['12.50', 1250],
    ['0.05', 5],
    ['-0.05', -5],
    ['-0', 0],
    ['90071992547409.91', Number.MAX_SAFE_INTEGER],
  ])('%s is %d pence', (text, pence) =>
    expect(fromDecimal(text, 'GBP')).toEqual({ minorUnits: pence, currencyCode: 'GBP' }),
  )

  test.each(['', '.5', '5.', '1.005', '1e3', '1,000', ' 1', '0x10', 'NaN', '90071992547409.92', '999999999999999999'])(
    '%j is none',
    (text) => expect(fromDecimal(text, 'GBP')).toBeNull(),
  )
})

describe('arithmetic', () => {
  test('adds, multiplies and sums without losing a penny', () => {
    expect(add(money(10, 'GBP'), money(20, 'GBP'))).toEqual(money(30, 'GBP'))
    expect(multiply(money(333, 'EUR'), 3)).toEqual(money(999, 'EUR'))
    expect(sum([money(1, 'USD'), money(2, 'USD')], 'USD')).toEqual(money(3, 'USD'))
    expect(sum([], 'GBP')).toEqual(money(0, 'GBP'))
  })

  test('refuses to mix currencies, and amounts that are not whole and safe', () => {
    expect(() => add(money(1, 'GBP'), money(1, 'EUR'))).toThrow('cannot add GBP and EUR')
    expect(() => money(0.1, 'GBP')).toThrow('not an amount in minor units: 0.1')
    expect(() => multiply(money(Number.MAX_SAFE_INTEGER, 'GBP'), 2)).toThrow('not an amount in minor units')
  })
})
