import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, guest, numbered, type Page, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOrders, ordersUnderTest } from './orders-under-test.ts'
import { line, minute, order } from './some-orders.ts'

const staff = user(uuidOf('user', 1), ['orders:read'])
let orders: SubgraphUnderTest

/** 150 orders: three of each of 50 customers. */
beforeAll(async () => {
  orders = await ordersUnderTest()
  await loadOrders(
    orders,
    Array.from({ length: 150 }, (_, index) =>
      order(index + 1, {
        customerId: uuidOf('user', (index % 50) + 1),
        fulfilledAt: minute(5000),
        lines: [line(index * 10, index), line(index * 10 + 1, index + 1)],
      }),
    ),
  )
})
afterAll(() => orders.stop())

const whole = `id number status customer { id } total { amount } lines { id variant { id sku } lineTotal { amount } }
  timeline(first: 2) { edges { node { type } } }`

const statementsFor = (query: string, variables: object) => orders.statementsOfQuery(staff, query, variables)

describe.each([1, 50])('for %i', (count) => {
  test('a page of whole orders is three statements, and its count is one more', async () => {
    expect(await statementsFor(`{ orders(first: ${count}) { edges { node { ${whole} } } } }`, {})).toHaveLength(3)
    expect(
      await statementsFor(`{ orders(first: ${count}) { edges { node { ${whole} } } totalCount } }`, {}),
    ).toHaveLength(4)
  })

  test('orders by id and by number are one statement each', async () => {
    const byId = numbered(count, (number) => ({
      __typename: 'Order',
      id: toGlobalId('Order', uuidOf('order', number)),
    }))
    const byNumber = numbered(count, (number) => ({ __typename: 'Order', number: `T-${number}` }))
    expect(
      await statementsFor(entitiesQuery('... on Order { number status total { amount } }'), {
        of: [...byId, ...byNumber],
      }),
    ).toHaveLength(2)
  })

  test('the orders of users, whole and counted, are four statements', async () => {
    const of = numbered(count, (number) => ({ __typename: 'User', id: toGlobalId('User', uuidOf('user', number)) }))
    const query = entitiesQuery(
      `... on User { orders(first: 2) { edges { node { ${whole} } } pageInfo { hasNextPage } totalCount } }`,
    )
    expect(await statementsFor(query, { of })).toHaveLength(4)
    const { data } = await orders.ask<{ _entities: { orders: Page<{ number: string }> }[] }>(staff, query, { of })
    for (const [index, { orders: list }] of data._entities.entries()) {
      expect(list.edges.map(({ node }) => node.number)).toEqual([`T-${index + 101}`, `T-${index + 51}`])
      expect(list).toMatchObject({ pageInfo: { hasNextPage: true }, totalCount: 3 })
    }
  })

  test('what the viewer has bought is one statement', async () => {
    const of = numbered(count, (number) => ({
      __typename: 'Product',
      id: toGlobalId('Product', uuidOf('product', number)),
    }))
    expect(await statementsFor(entitiesQuery('... on Product { purchasedByViewer }'), { of })).toHaveLength(1)
  })
})

test('pages of other sizes and directions are a statement each, and are not mixed up', async () => {
  const of = numbered(3, (number) => ({ __typename: 'User', id: toGlobalId('User', uuidOf('user', number)) }))
  const query = entitiesQuery(
    `... on User {
      a: orders(first: 1) { edges { node { number } } }
      b: orders(last: 2) { edges { node { number } } }
    }`,
  )
  expect(await statementsFor(query, { of })).toHaveLength(2)
  const { data } = await orders.ask<{ _entities: unknown[] }>(staff, query, { of })
  const edges = (...numbers: number[]) => ({ edges: numbers.map((number) => ({ node: { number: `T-${number}` } })) })
  expect(data._entities).toEqual([1, 2, 3].map((number) => ({ a: edges(number + 100), b: edges(number + 50, number) })))
})

test('a guest, or a query for references alone, sends no statement', async () => {
  const of = [{ __typename: 'Product', id: toGlobalId('Product', uuidOf('product', 1)) }]
  expect(
    await orders.statementsOf(() => orders.ask(guest(), entitiesQuery('... on Product { purchasedByViewer }'), { of })),
  ).toEqual([])
  expect(
    await orders.statementsOf(() =>
      orders.ask(staff, entitiesQuery('... on User { id }'), {
        of: [{ __typename: 'User', id: toGlobalId('User', uuidOf('user', 1)) }],
      }),
    ),
  ).toEqual([])
})
