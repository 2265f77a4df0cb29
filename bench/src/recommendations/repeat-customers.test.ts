import { buildOrderLog } from '@cartograph/recommender'
import { expect, test } from 'vitest'
import { repeatCustomers } from './repeat-customers.ts'

const orders = [
  { customer: 0, placedAt: 3, items: [2, 0] },
  { customer: 0, placedAt: 1, items: [1] },
  { customer: 2, placedAt: 2, items: [0, 1, 2] },
]

test('is the log of all these customers, as it would be built of their orders', () => {
  const copies = [0, 1, 2].flatMap((copy) => orders.map((order) => ({ ...order, customer: order.customer + 3 * copy })))
  expect(repeatCustomers(buildOrderLog(3, 3, orders), 3)).toEqual(buildOrderLog(3, 9, copies))
})

test('is the same log when taken once', () => {
  const log = buildOrderLog(3, 3, orders)
  expect(repeatCustomers(log, 1)).toEqual(log)
})
