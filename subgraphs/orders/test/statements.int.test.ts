import { toGlobalId } from '@cartograph/global-ids'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Answer,
  entitiesQuery,
  loadLines,
  type Page,
  startOrders,
  type TestSubgraph,
  user,
} from './orders-subgraph.ts'
import { line, minute, order, uuidOf } from './some-orders.ts'

const staff = user(uuidOf('user', 1), ['orders:read'])
let orders: TestSubgraph

/** 150 orders: three of each of 50 customers. */
beforeAll(async () => {
  orders = await startOrders()
  await loadLines(
    orders.database,
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

const numbered = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1))
const whole = `id number status customer { id } total { amount } lines { id variant { id sku } lineTotal { amount } }
  timeline(first: 2) { edges { node { type } } }`

/** The statements of a query for so many things, which must answer without errors. */
async function statementsFor(query: string, variables: object): Promise<string[]> {
  let answer: Answer | undefined
  const texts = await orders.statements(async () => (answer = await orders.query(staff, query, variables)))
  expect(answer?.errors).toBeUndefined()
  return texts
}

describe.each([1, 50])('for %i', (count) => {
  test('a page of whole orders is three statements, and its count is one more', async () => {
    expect(await statementsFor(`{ orders(first: ${count}) { edges { node { ${whole} } } } }`, {})).toHaveLength(3)
    expect(
      await statementsFor(`{ orders(first: ${count}) { edges { node { ${whole} } } totalCount } }`, {}),
    ).toHaveLength(4)
  })

  test('orders by id and by number are one statement each', async () => {
    const byId = numbered(
      count,
      (number) => ({ __typename: 'Order', id: toGlobalId('Order', uuidOf('order', number)) }),
    )
    const byNumber = numbered(count, (number) => ({ __typename: 'Order', number: `T-${number}` }))
    expect(
      await statementsFor(
        entitiesQuery('... on Order { number status total { amount } }'),
        { of: [...byId, ...byNumber] },
      ),
    ).toHaveLength(2)
  })

  test('the orders of users, whole and counted, are four statements', async () => {
    const of = numbered(count, (number) => ({ __typename: 'User', id: toGlobalId('User', uuidOf('user', number)) }))
    const query = entitiesQuery(
      `... on User { orders(first: 2) { edges { node { ${whole} } } pageInfo { hasNextPage } totalCount } }`,
    )
    expect(await statementsFor(query, { of })).toHaveLength(4)
    const { data } = await orders.query<{ _entities: { orders: Page<{ number: string }> }[] }>(staff, query, { of })
    for (const [index, { orders: list }] of data._entities.entries()) {
      expect(list.edges.map(({ node }) => node.number)).toEqual([`T-${index + 101}`, `T-${index + 51}`])
      expect(list).toMatchObject({ pageInfo: { hasNextPage: true }, totalCount: 3 })
    }
  })

  test('what the viewer has bought is one statement', async () => {
    const of = numbered(
      count,
      (number) => ({ __typename: 'Product', id: toGlobalId('Product', uuidOf('product', number)) }),
    )
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
  const { data } = await orders.query<{ _entities: unknown[] }>(staff, query, { of })
  const edges = (...numbers: number[]) => ({ edges: numbers.map((number) => ({ node: { number: `T-${number}` } })) })
  expect(data._entities).toEqual([1, 2, 3].map((number) => ({ a: edges(number + 100), b: edges(number + 50, number) })))
})

test('a guest, or a query for references alone, sends no statement', async () => {
  const of = [{ __typename: 'Product', id: toGlobalId('Product', uuidOf('product', 1)) }]
  const guest = { ...staff, kind: 'guest' as const, id: null, scopes: [] }
  expect(
    await orders.statements(() => orders.query(guest, entitiesQuery('... on Product { purchasedByViewer }'), { of })),
  ).toEqual([])
  expect(
    await orders.statements(
      () =>
        orders.query(
          staff,
          entitiesQuery('... on User { id }'),
          { of: [{ __typename: 'User', id: toGlobalId('User', uuidOf('user', 1)) }] },
        ),
    ),
  ).toEqual([])
})
