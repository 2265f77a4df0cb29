import { toGlobalId } from '@cartograph/global-ids'
import { type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadOrders, ordersUnderTest } from './orders-under-test.ts'
import { alice, line, minute, order } from './some-orders.ts'

let orders: SubgraphUnderTest

beforeEach(async () => {
  orders = await ordersUnderTest()
})
afterEach(() => orders.stop())

test('writes an order with its totals, lines and events', async () => {
  const record = order(1, {
    fulfilledAt: minute(90),
    lines: [line(1, 1, { quantity: 12, unitPrice: 295 }), line(2, 2, { unitPrice: 0 })],
  })
  expect(await loadOrders(orders, [record])).toEqual({ order: { read: 1, written: 1 } })
  expect(await orders.stored()).toMatchObject({
    customer_order: [
      {
        number: 'T-1',
        customer_id: alice,
        status: 'FULFILLED',
        subtotal: '3540',
        total: '3540',
        fulfilled_at: new Date(minute(90)),
        cancelled_at: null,
      },
    ],
    order_line: [
      { id: uuidOf('line', 1), position: 0, quantity: 12, unit_price: '295' },
      { id: uuidOf('line', 2), position: 1, quantity: 1, unit_price: '0' },
    ],
  })
  expect(await orders.sql('select type, at, message from order_event order by at')).toEqual([
    { type: 'PLACED', at: new Date(minute(1)), message: 'The order was placed.' },
    { type: 'FULFILLED', at: new Date(minute(90)), message: 'All of it was sent.' },
  ])
})

test('twice is the same as once, and completes what is missing', async () => {
  const records = Array.from({ length: 1200 }, (_, index) =>
    order(index + 1, { cancelledAt: index % 4 === 0 ? minute(3000) : null, lines: [line(index, index)] }),
  )
  await loadOrders(orders, records.slice(0, 700))
  expect(await loadOrders(orders, records)).toEqual({ order: { read: 1200, written: 500 } })
  const once = await orders.stored()
  const counts = Object.entries(once).map(([table, rows]) => [table, rows.length])
  expect(Object.fromEntries(counts)).toMatchObject({
    checkout: 0,
    payment: 0,
    fulfillment: 0,
    customer_order: 1200,
    order_line: 1200,
    order_event: 1500,
  })
  expect(await loadOrders(orders, records)).toEqual({ order: { read: 1200, written: 0 } })
  expect(await orders.stored()).toEqual(once)
})

test('takes the first of an order that comes twice', async () => {
  const again = order(1, { number: 'T-1b', lines: [line(7, 7)] })
  const records = [order(2), order(1), again, order(2)]
  expect(await loadOrders(orders, records)).toEqual({ order: { read: 4, written: 2 } })
  const { customer_order: written, order_line: lines } = await orders.stored()
  expect(written).toMatchObject([{ number: 'T-1' }, { number: 'T-2' }])
  expect(lines).toHaveLength(2)
})

test('leaves an order alone that is there already', async () => {
  await loadOrders(orders, [order(1)])
  const before = await orders.stored()
  await loadOrders(orders, [order(1, { number: 'T-1b', fulfilledAt: minute(9), lines: [line(7, 7), line(8, 8)] })])
  expect(await orders.stored()).toEqual(before)
})

describe('leaves nothing behind', () => {
  const whole = Array.from({ length: 1100 }, (_, index) => order(index + 1, { lines: [line(index, 1)] }))
  test.each([
    ['a torn line', '{"kind":"order","id":', /JSON/],
    ['a number that another order has', order(2000, { number: 'T-3' }), /customer_order_number_key/],
    [
      'an order both sent and called off',
      order(2000, { fulfilledAt: minute(3000), cancelledAt: minute(3000) }),
      /outcome_check/,
    ],
    ['an order sent before it was placed', order(2000, { fulfilledAt: minute(1) }), /course_check/],
    ['a line of no units', order(2000, { lines: [line(2000, 1, { quantity: 0 })] }), /amounts_check|division by zero/],
    ['a line that another order has', order(2000, { lines: [line(5, 1)] }), /order_line_pkey/],
    [
      'an amount that is not exact',
      order(2000, { lines: [line(2000, 1, { quantity: 3, unitPrice: Number.MAX_SAFE_INTEGER - 1 })] }),
      /not an amount/,
    ],
    ['an id that is none', order(2000, { id: 'x' }), /uuid/],
  ])('when it breaks at %s', async (_name, broken, complaint) => {
    const before = await orders.stored()
    await expect(loadOrders(orders, [...whole, broken, order(2001)])).rejects.toThrow(complaint)
    expect(before).toMatchObject({ customer_order: [], order_line: [], order_event: [] })
    expect(await orders.stored()).toEqual(before)
  })
})

test('keeps amounts exact up to the greatest that a number holds', async () => {
  await loadOrders(orders, [order(1, { lines: [line(1, 1, { unitPrice: Number.MAX_SAFE_INTEGER })] })])
  const query = `query ($id: ID!) {
    order(id: $id) { total { amount } lines { unitPrice { amount } lineTotal { amount } } }
  }`
  const amount = '90071992547409.91'
  expect(await orders.ask(user(alice), query, { id: toGlobalId('Order', uuidOf('order', 1)) })).toEqual({
    data: { order: { total: { amount }, lines: [{ unitPrice: { amount }, lineTotal: { amount } }] } },
  })
})

test('the status follows from what happened and cannot be written', async () => {
  await loadOrders(orders, [order(1)])
  await expect(orders.sql(`update customer_order set status = 'FULFILLED'`)).rejects.toThrow(
    /can only be updated to DEFAULT/,
  )
  await orders.sql('update customer_order set cancelled_at = placed_at')
  expect(await orders.sql('select * from customer_order')).toMatchObject([{ status: 'CANCELLED' }])
})
