import { expect, test } from 'vitest'
import type { StockLevel } from '../stock/stock-level.ts'
import { allocateUnits } from './allocate-units.ts'

const level = (id: string, onHand: number, reserved = 0, backorderLimit = 0): StockLevel => ({
  id,
  variantId: 'variant',
  locationId: id,
  onHand,
  reserved,
  backorderLimit,
  lowStockThreshold: 0,
})

test.each([
  ['the fullest, when it has them all', 3, [level('a', 3), level('b', 9, 1), level('c', 7)], { b: 3 }],
  ['the first of two that are equally full', 3, [level('b', 5), level('a', 5)], { a: 3 }],
  ['the fullest first, when none has them all', 12, [level('a', 3), level('b', 9, 1), level('c', 7)], { b: 8, c: 4 }],
  ['every last one', 18, [level('a', 3), level('b', 9, 1), level('c', 7)], { b: 8, c: 7, a: 3 }],
  ['nothing, when all together have too few', 19, [level('a', 3), level('b', 9, 1), level('c', 7)], null],
  ['nothing, where nobody keeps it', 1, [], null],
  ['what is at hand before any is owed', 5, [level('a', 1, 0, 10), level('b', 4)], { b: 4, a: 1 }],
  ['as few owed as can be', 7, [level('a', 1, 0, 10), level('b', 4)], { b: 4, a: 3 }],
  ['units at hand where others are owed already', 3, [level('a', 0, 6, 10), level('b', 2)], { b: 2, a: 1 }],
  ['all that may be owed', 10, [level('a', -2, 0, 10), level('b', 2)], { b: 2, a: 8 }],
  ['no more than may be owed', 11, [level('a', -2, 0, 10), level('b', 2)], null],
])('takes %s', (_, quantity, levels, expected) => {
  const taken = allocateUnits(quantity, levels)
  expect(taken && Object.fromEntries(taken.map((units) => [units.stockLevelId, units.quantity]))).toEqual(expected)
})
