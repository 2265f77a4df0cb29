import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { historyOf } from '../ranking.ts'
import { logOf } from './logs.test-kit.ts'
import { poseQuestions } from './pose-questions.ts'
import { splitLog } from './split-log.ts'

/** Day 10 is the cutoff: customer 2 comes first after it, customer 3 never again, item 4 is sold from then on. */
const log = logOf(
  5,
  [0, 1, [0, 1]],
  [0, 9.99, [2]],
  [0, 12, [0, 3]],
  [0, 13, [1]],
  [1, 3, [3]],
  [1, 10, [3, 4]],
  [2, 11, [0]],
  [3, 4, [0]],
)

describe('a log that is cut', () => {
  test('tests the first order from the cutoff on, of whoever has one before', () => {
    const { train, now, tests } = splitLog(log, 10)
    expect(now).toBe(10)
    expect(tests.map(({ customer, items }) => [customer, ...items])).toEqual([
      [0, 0, 3],
      [1, 3, 4],
    ])
    const placedAt = [0, 1, 2, 3].map((customer) => historyOf(train, customer).orders.map((order) => order.placedAt))
    expect(placedAt).toEqual([[1, 9.99], [3], [], [4]])
  })

  test('asks for what was ever sold before, and for discovery only for what is new to the customer', () => {
    const split = splitLog(log, 10)
    const relevant = (question: 'next-basket' | 'discovery') =>
      poseQuestions(split, question).map((posed) => [[...posed.bought], [...posed.relevant]])
    expect(relevant('next-basket')).toEqual([
      [
        [0, 1, 2],
        [0, 3],
      ],
      [[3], [3]],
    ])
    expect(relevant('discovery')).toEqual([[[0, 1, 2], [3]]])
  })

  test('loses no order and knows none of the future', () => {
    const order = fc.tuple(fc.nat(4), fc.nat(20), fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }))
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 30 }), fc.nat(21), (orders, now) => {
        const { train, tests } = splitLog(logOf(6, ...orders), now)
        expect(train.placedAt.length).toBe(orders.filter(([, day]) => day < now).length)
        expect(train.placedAt.every((day) => day < now)).toBe(true)
        const days = (customer: number, isTrain: boolean) =>
          orders.filter(([who, day]) => who === customer && day < now === isTrain).map(([, day]) => day)
        const expected = [0, 1, 2, 3, 4].filter((who) => days(who, true).length > 0 && days(who, false).length > 0)
        expect(tests.map(({ customer }) => customer)).toEqual(expected)
        for (const { customer, items } of tests) {
          const first = orders.find(([who, day]) => who === customer && day === Math.min(...days(customer, false)))!
          expect([...items]).toEqual(first[2].toSorted((one, other) => one - other))
        }
      }),
    )
  })
})
