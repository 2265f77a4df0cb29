import { expect, test } from 'vitest'
import { stockThatRanLow } from './running-low.ts'
import type { StockLevel } from './stock-level.ts'

const levels = (...available: number[]): StockLevel[] =>
  available.map((units, index) => ({
    id: String(index),
    variantId: 'variant',
    locationId: String(index),
    onHand: 20 + units,
    reserved: 20,
    backorderLimit: 100,
    lowStockThreshold: index === 0 ? 5 : 3,
  }))
const low = (available: number) => ({ variantId: 'variant', available, threshold: 5 })

test.each([
  ['onto the highest threshold', levels(6), levels(5), low(5)],
  ['past it', levels(60), levels(0), low(0)],
  ['over all locations', levels(3, 3), levels(3, 2), low(5)],
  ['not counting what is owed at one of them', levels(-4, 7), levels(-4, 2), low(2)],
  ['to nothing and beyond', levels(6), levels(-6), low(0)],
  ['not as long as there is more', levels(7), levels(6), null],
  ['not again while it stays low', levels(5), levels(4), null],
  ['not when units come', levels(4), levels(9), null],
])('it falls %s', (_, before, after, expected) => {
  expect(stockThatRanLow(before, after)).toEqual(expected)
})
