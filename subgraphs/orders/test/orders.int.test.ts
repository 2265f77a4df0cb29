import { toGlobalId } from '@cartograph/global-ids'
import {
  entitiesQuery,
  errorCodes,
  guest,
  type Page,
  readAll,
  type SubgraphUnderTest,
  user,
  uuidOf,
} from '@cartograph/test-kit'
import type { ViewerClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOrders, ordersUnderTest } from './orders-under-test.ts'
import { alice, bob, line, minute, order } from './some-orders.ts'

const staff = user(uuidOf('user', 99), ['orders:read'])
const carol = uuidOf('user', 3)
const count = 50

/** Orders 1 to 50: every third is sent, every fifth of the others called off; 41 to 50 are placed at one instant. */
const records = Array.from({ length: count }, (_, index) => {
  const number = index + 1
  const placedAt = minute(Math.min(number, 41))
  const fulfilled = number % 3 === 0
  return order(number, {
    customerId: number % 2 === 0 ? alice : bob,
    placedAt,
    fulfilledAt: fulfilled ? minute(1000 + number) : null,
    cancelledAt: !fulfilled && number % 5 === 0 ? minute(2000 + number) : null,
    lines: [
      line(number * 100, number, { quantity: 3, unitPrice: 1999 }),
      line(number * 100 + 1, 60, { quantity: 2, unitPrice: 50 }),
    ],
  })
})
/** The numbers in the order of the list: the latest first, and among those of one instant the greatest id. */
const latestFirst = records.map(({ number }) => number).toReversed()

let orders: SubgraphUnderTest

beforeAll(async () => {
  orders = await ordersUnderTest()
  await loadOrders(orders, records)
})
afterAll(() => orders.stop())

type OrderPage = Page<{ number: string }>

const numbersOf = (edges: OrderPage['edges']) => edges.map(({ node }) => node.number)

describe('Query.order', () => {
  test('tells the whole order', async () => {
    const answer = await orders.ask(
      user(bob),
      `query ($id: ID!) { order(id: $id) {
        id number status placedAt subtotal { amount currencyCode } total { amount currencyCode } customer { id }
        lines { id title quantity variant { id sku } unitPrice { amount currencyCode } lineTotal { amount } }
        timeline { edges { node { type at message } } pageInfo { hasNextPage hasPreviousPage } }
      } }`,
      { id: toGlobalId('Order', uuidOf('order', 3)) },
    )
    expect(answer).toEqual({
      data: {
        order: {
          id: toGlobalId('Order', uuidOf('order', 3)),
          number: 'T-3',
          status: 'FULFILLED',
          placedAt: '2026-01-01T00:03:00.000Z',
          subtotal: { amount: '60.97', currencyCode: 'GBP' },
          total: { amount: '60.97', currencyCode: 'GBP' },
          customer: { id: toGlobalId('User', bob) },
          lines: [
            {
              id: toGlobalId('OrderLine', uuidOf('line', 300)),
              title: 'Product 3',
              quantity: 3,
              variant: { id: toGlobalId('ProductVariant', uuidOf('variant', 3)), sku: 'SKU-3' },
              unitPrice: { amount: '19.99', currencyCode: 'GBP' },
              lineTotal: { amount: '59.97' },
            },
            {
              id: toGlobalId('OrderLine', uuidOf('line', 301)),
              title: 'Product 60',
              quantity: 2,
              variant: { id: toGlobalId('ProductVariant', uuidOf('variant', 60)), sku: 'SKU-60' },
              unitPrice: { amount: '0.50', currencyCode: 'GBP' },
              lineTotal: { amount: '1.00' },
            },
          ],
          timeline: {
            edges: [
              { node: { type: 'PLACED', at: '2026-01-01T00:03:00.000Z', message: 'The order was placed.' } },
              { node: { type: 'FULFILLED', at: '2026-01-01T16:43:00.000Z', message: 'All of it was sent.' } },
            ],
            pageInfo: { hasNextPage: false, hasPreviousPage: false },
          },
        },
      },
    })
  })

  test.each([
    ['T-1', 1, 'CONFIRMED'],
    ['T-3', 3, 'FULFILLED'],
    ['T-5', 5, 'CANCELLED'],
  ])('derives the status of %s', async (_number, number, status) => {
    const answer = await orders.ask(staff, 'query ($id: ID!) { order(id: $id) { status } }', {
      id: toGlobalId('Order', uuidOf('order', number)),
    })
    expect(answer).toEqual({ data: { order: { status } } })
  })

  test('refuses an id of another type', async () => {
    const answer = await orders.ask(staff, 'query ($id: ID!) { order(id: $id) { id } }', {
      id: toGlobalId('Product', uuidOf('product', 1)),
    })
    expect(answer.data).toEqual({ order: null })
    expect(answer.errors?.[0]?.extensions.code).toBe('INVALID_ID')
  })
})

const listQuery = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: OrderFilter) {
  orders(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    edges { node { number } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
  }
}`
const userQuery = entitiesQuery(
  `... on User { orders(first: $first, after: $after, last: $last, before: $before) {
    edges { node { number } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
  } }`,
  '$first: Int, $after: String, $last: Int, $before: String',
)
const listedAll = async (page: object) => (await orders.ask<{ orders: OrderPage }>(staff, listQuery, page)).data.orders
const listedOf = (userId: string) => async (page: object) => {
  const of = [{ __typename: 'User', id: toGlobalId('User', userId) }]
  const { data } = await orders.ask<{ _entities: [{ orders: OrderPage }] }>(user(userId), userQuery, { ...page, of })
  return data._entities[0].orders
}

describe.each([
  ['Query.orders', listedAll, latestFirst],
  ['User.orders', listedOf(alice), latestFirst.filter((number) => Number(number.slice(2)) % 2 === 0)],
])('%s', (_name, list, expected) => {
  test.each([1, 7, 25, 100])('shows every order once, forward by %i', async (first) => {
    expect(numbersOf(await readAll(list, 'forward', first))).toEqual(expected)
  })

  test.each([1, 7, 25, 100])('shows every order once, backward by %i', async (last) => {
    expect(numbersOf(await readAll(list, 'backward', last))).toEqual(expected)
  })

  test('counts the whole list', async () => {
    expect((await list({ first: 1 })).totalCount).toBe(expected.length)
  })
})

describe('Query.orders', () => {
  const filtered = async (filter: object) => numbersOf((await listedAll({ first: 100, filter })).edges)
  const having = (condition: (record: (typeof records)[number]) => boolean) =>
    latestFirst.filter((number) => condition(records.find((record) => record.number === number)!))

  test('takes orders by status, those of no status being none', async () => {
    expect(await filtered({ status: ['CANCELLED'] })).toEqual(having(({ cancelledAt }) => cancelledAt !== null))
    expect(await filtered({ status: ['FULFILLED', 'CONFIRMED'] })).toEqual(
      having(({ cancelledAt }) => cancelledAt === null),
    )
    expect(await filtered({ status: [] })).toEqual([])
    expect(await filtered({ status: null })).toEqual(latestFirst)
    expect((await listedAll({ filter: { status: [] } })).totalCount).toBe(0)
  })

  test('takes orders from an instant on and before another', async () => {
    expect(await filtered({ placedAfter: minute(10), placedBefore: minute(13) })).toEqual(['T-12', 'T-11', 'T-10'])
    expect(await filtered({ placedAfter: minute(10), placedBefore: minute(13), status: ['FULFILLED'] })).toEqual([
      'T-12',
    ])
  })

  test('refuses a cursor of another filter, of another list, and a damaged one', async () => {
    const { endCursor } = (await listedAll({ first: 2 })).pageInfo
    const ofAlice = (await listedOf(alice)({ first: 2 })).pageInfo.endCursor
    const filter = { status: ['CONFIRMED', 'FULFILLED'] }
    const one = (await listedAll({ first: 1, filter })).pageInfo.endCursor
    for (const variables of [{ after: endCursor, filter }, { after: ofAlice }, { after: 'nonsense' }, { after: '' }]) {
      const answer = await orders.ask(staff, listQuery, variables)
      expect(answer.data).toEqual({ orders: null })
      expect(errorCodes(answer)).toEqual(['INVALID_CURSOR'])
    }
    const turned = await orders.ask(staff, listQuery, { after: one, filter: { status: ['FULFILLED', 'CONFIRMED'] } })
    expect(turned.errors).toBeUndefined()
  })

  const wrongPages = [{ first: 0 }, { first: 101 }, { last: 0 }, { first: 1, last: 1 }, { before: 'x' }]
  test.each(wrongPages)('refuses the page %o', async (page) => {
    const answer = await orders.ask(staff, listQuery, page)
    expect(errorCodes(answer)).toEqual(['INVALID_PAGE'])
  })
})

describe('User.orders', () => {
  test('does not take a cursor of another user', async () => {
    const { endCursor } = (await listedOf(alice)({ first: 2 })).pageInfo
    const answer = await orders.ask(user(bob), userQuery, {
      after: endCursor,
      of: [{ __typename: 'User', id: toGlobalId('User', bob) }],
    })
    expect(errorCodes(answer)).toEqual(['INVALID_CURSOR'])
  })

  test('is empty for who has bought nothing', async () => {
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }
    expect(await listedOf(carol)({})).toEqual({ edges: [], pageInfo, totalCount: 0 })
  })
})

describe('Order.timeline', () => {
  test('pages in both directions', async () => {
    const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { order(id: $id) {
      timeline(first: $first, after: $after, last: $last, before: $before) {
        edges { node { type } cursor } pageInfo { hasNextPage hasPreviousPage }
      }
    } }`
    const id = toGlobalId('Order', uuidOf('order', 5))
    const timeline = async (page: object) => {
      const { data } = await orders.ask<{
        order: { timeline: Page<{ type: string }> }
      }>(staff, query, { id, ...page })
      return data.order.timeline
    }
    const placed = await timeline({ first: 1 })
    expect(placed).toMatchObject({
      edges: [{ node: { type: 'PLACED' } }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    })
    const cancelled = await timeline({ last: 1 })
    expect(cancelled).toMatchObject({
      edges: [{ node: { type: 'CANCELLED' } }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    })
    expect(await timeline({ first: 1, after: placed.edges[0]?.cursor })).toMatchObject({ edges: cancelled.edges })
    expect(await timeline({ last: 1, before: cancelled.edges[0]?.cursor })).toMatchObject({ edges: placed.edges })
  })
})

describe('Product.purchasedByViewer', () => {
  const query = entitiesQuery('... on Product { purchasedByViewer }')
  const of = [1, 2, 5, 3, 60, 77].map((number) => ({
    __typename: 'Product',
    id: toGlobalId('Product', uuidOf('product', number)),
  }))
  const purchased = async (viewer: ViewerClaims) =>
    (
      await orders.ask<{
        _entities: { purchasedByViewer: boolean | null }[]
      }>(viewer, query, { of })
    ).data._entities.map(({ purchasedByViewer }) => purchasedByViewer)

  test('is true of what the viewer bought in an order that was not called off', async () => {
    // Product n is bought in order n, by Bob when n is odd; order 5 was cancelled; product 60 is in every order.
    expect(await purchased(user(bob))).toEqual([true, false, false, true, true, false])
    expect(await purchased(user(alice))).toEqual([false, true, false, false, true, false])
    expect(await purchased(user(carol))).toEqual([false, false, false, false, false, false])
  })

  test('is null for a guest', async () => {
    expect(await purchased(guest())).toEqual([null, null, null, null, null, null])
  })
})
