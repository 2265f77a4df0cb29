import { toGlobalId } from '@cartograph/global-ids'
import {
  entitiesQuery,
  errorCodes,
  numbered,
  strangers,
  type SubgraphUnderTest,
  user,
  uuidOf,
} from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadOrders, ordersUnderTest } from './orders-under-test.ts'
import { alice, bob, line, minute, order } from './some-orders.ts'

let orders: SubgraphUnderTest
const carol = uuidOf('user', 3)
beforeAll(async () => (orders = await ordersUnderTest()))
afterAll(() => orders.stop())

const ask = (viewer: ViewerClaims, ownerId: string) =>
  orders.ask<{ _entities: { orders: string | null }[] }>(viewer, entitiesQuery('... on PersonalData { orders }'), {
    of: [{ __typename: 'PersonalData', id: toGlobalId('PersonalData', ownerId) }],
  })

const priced = (amount: string) => ({ amount, currencyCode: 'GBP' })

test('a customer is given their orders with the lines, the latest first, and nobody else anything', async () => {
  await loadOrders(orders, [
    order(1, { lines: [line(1, 1, { quantity: 3 }), line(2, 2)] }),
    order(2, { fulfilledAt: minute(9) }),
    order(3, { customerId: bob }),
  ])
  const { data } = await ask(user(alice), alice)
  const imported = { email: null, shippingAddress: null, shippingMethod: null, refunded: priced('0.00') }
  const shownLine = (product: number, quantity: number) => ({
    sku: `SKU-${product}`,
    title: `Product ${product}`,
    quantity,
    unitPrice: priced('1.00'),
  })
  expect(JSON.parse(data._entities[0]!.orders!)).toEqual({
    complete: true,
    orders: [
      {
        ...imported,
        number: 'T-2',
        status: 'FULFILLED',
        placedAt: minute(2),
        total: priced('1.00'),
        lines: [shownLine(1, 1)],
      },
      {
        ...imported,
        number: 'T-1',
        status: 'CONFIRMED',
        placedAt: minute(1),
        total: priced('4.00'),
        lines: [shownLine(1, 3), shownLine(2, 1)],
      },
    ],
  })
  for (const [viewer, code] of strangers()) {
    const answer = await ask(viewer, alice)
    expect(answer.data).toEqual({ _entities: [{ orders: null }] })
    expect(errorCodes(answer)).toEqual([code])
  }
})

test('of more than a thousand orders the last thousand, which it says, in two statements', async () => {
  await loadOrders(
    orders,
    numbered(1_010, (number) => order(1_000 + number, { customerId: carol })),
  )
  let text = ''
  const statements = await orders.statementsOf(async () => {
    text = (await ask(user(carol), carol)).data._entities[0]!.orders!
  })
  const given = JSON.parse(text) as { complete: boolean; orders: { number: string; lines: object[] }[] }
  expect(given.complete).toBe(false)
  expect(given.orders.map(({ number }) => number)).toEqual(numbered(1_000, (place) => `T-${2_011 - place}`))
  expect(given.orders.filter(({ lines }) => lines.length !== 1)).toEqual([])
  expect(statements).toHaveLength(2)
})
