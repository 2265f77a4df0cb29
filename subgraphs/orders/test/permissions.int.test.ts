import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, errorCodes, guest, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { serviceClaims } from '@cartograph/viewer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadOrders, ordersUnderTest } from './orders-under-test.ts'
import { alice, bob, line, order } from './some-orders.ts'

let orders: SubgraphUnderTest

beforeAll(async () => {
  orders = await ordersUnderTest()
  await loadOrders(orders, [
    order(1),
    order(2, { customerId: bob, lines: [line(200, 2)] }),
    order(3, { lines: [line(300, 3)] }),
  ])
  await orders.sql(`update customer_order set customer_id = null where number = 'T-3'`)
})
afterAll(() => orders.stop())

const orderId = toGlobalId('Order', uuidOf('order', 1))
const guestOrderId = toGlobalId('Order', uuidOf('order', 3))
const staff = user(uuidOf('user', 9), ['orders:read'])
const otherStaff = user(uuidOf('user', 9), [
  'users:read',
  'carts:read',
  'products:read',
  'inventory:read',
  'orders:write',
])

const viewers = {
  'the owner': { viewer: user(alice), sees: true, staff: false, guest: false },
  'another customer': { viewer: user(bob), sees: false, staff: false, guest: false },
  'a guest': { viewer: guest(), sees: false, staff: false, guest: true },
  'a service': { viewer: serviceClaims('carts', 'test'), sees: false, staff: false, guest: false },
  'staff with orders:read': { viewer: staff, sees: true, staff: true, guest: false },
  'staff with every other scope': { viewer: otherStaff, sees: false, staff: false, guest: false },
}

describe.each(Object.entries(viewers))('%s', (_name, { viewer, sees, staff: isStaff, guest: isGuest }) => {
  const refusal = isGuest ? 'UNAUTHENTICATED' : 'FORBIDDEN'

  test(`${sees ? 'finds' : 'does not find'} the order by id`, async () => {
    const answer = await orders.ask(viewer, 'query ($id: ID!) { order(id: $id) { number lines { sku: title } } }', {
      id: orderId,
    })
    expect(answer.data).toEqual({ order: sees ? { number: 'T-1', lines: [{ sku: 'Product 1' }] } : null })
    // An order of somebody else's does not exist, so there is nothing to refuse.
    expect(errorCodes(answer)).toBeUndefined()
  })

  test(`${sees ? 'finds' : 'does not find'} the order as an entity, by id and by number`, async () => {
    const of = [
      { __typename: 'Order', id: orderId },
      { __typename: 'Order', number: 'T-1' },
      { __typename: 'Order', id: toGlobalId('Order', uuidOf('order', 404)) },
      { __typename: 'Order', number: 'T-404' },
      { __typename: 'Order', id: 'order_damaged' },
    ]
    const answer = await orders.ask(
      viewer,
      entitiesQuery(
        '... on Order { number status lines { title variant { id } } timeline { edges { node { type } } } }',
      ),
      { of },
    )
    const found = {
      number: 'T-1',
      status: 'CONFIRMED',
      lines: [{ title: 'Product 1', variant: { id: toGlobalId('ProductVariant', uuidOf('variant', 1)) } }],
      timeline: { edges: [{ node: { type: 'PLACED' } }] },
    }
    expect(answer).toEqual({ data: { _entities: [sees ? found : null, sees ? found : null, null, null, null] } })
  })

  test(`${isStaff ? 'finds' : 'does not find'} a guest's order`, async () => {
    const answer = await orders.ask(viewer, entitiesQuery('... on Order { number customer { id } }'), {
      of: [{ __typename: 'Order', id: guestOrderId }],
    })
    expect(answer).toEqual({ data: { _entities: [isStaff ? { number: 'T-3', customer: null } : null] } })
  })

  test(`${sees ? 'reads' : 'may not read'} the orders of the owner's account`, async () => {
    const of = [{ __typename: 'User', id: toGlobalId('User', alice) }]
    const answer = await orders.ask(
      viewer,
      entitiesQuery('... on User { orders { edges { node { number } } totalCount } }'),
      { of },
    )
    expect(answer.data).toEqual({
      _entities: [{ orders: sees ? { edges: [{ node: { number: 'T-1' } }], totalCount: 1 } : null }],
    })
    expect(errorCodes(answer)).toEqual(sees ? undefined : [refusal])
  })

  test(`${isStaff ? 'lists' : 'may not list'} all orders`, async () => {
    const answer = await orders.ask(viewer, '{ orders { edges { node { number } } totalCount } }')
    const all = { edges: ['T-3', 'T-2', 'T-1'].map((number) => ({ node: { number } })), totalCount: 3 }
    expect(answer.data).toEqual({ orders: isStaff ? all : null })
    expect(errorCodes(answer)).toEqual(isStaff ? undefined : [refusal])
  })
})

test('an account with a damaged id has no orders to anybody', async () => {
  for (const viewer of [guest(), user(alice), serviceClaims('carts', 'test')]) {
    const of = [{ __typename: 'User', id: 'user_damaged' }]
    expect((await orders.ask(viewer, entitiesQuery('... on User { orders { totalCount } }'), { of })).data).toEqual({
      _entities: [{ orders: null }],
    })
  }
})

test('an unsigned request is refused, whatever it asks for', async () => {
  const of = [{ __typename: 'Order', id: orderId }]
  expect(await orders.askUnsigned(entitiesQuery('... on Order { number }'), { of })).toMatchObject({
    status: 401,
    body: { errors: [{ extensions: { code: 'UNSIGNED_REQUEST' } }] },
  })
})
