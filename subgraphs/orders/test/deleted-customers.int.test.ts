import { randomUUID } from 'node:crypto'
import { accountDeleted } from '@cartograph/contracts'
import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import { eventually, user } from '@cartograph/test-kit'
import { createPool, prismaAdapter } from '@cartograph/service-runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrismaClient } from '../src/database.ts'
import { eraseLateBuyers } from '../src/order/erase-late-buyers.ts'
import {
  address,
  checkoutInput,
  type Completed,
  completeMutation,
  type ShopUnderTest,
  startShop,
} from './shop-under-test.ts'

let shop: ShopUnderTest
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.stop())

const staff = user(randomUUID(), ['orders:read', 'orders:write', 'orders:fulfill'])

/** An order of two units of a user with an account, paid. */
async function bought(userId: string) {
  const lines = [{ variantId: shop.sells({ unitPrice: 1_250, stock: 100 }), quantity: 2 }]
  const cartId = toGlobalId('Cart', shop.putCart({ userId, lines }))
  const variables = { cartId, input: checkoutInput('29.95'), key: randomUUID() }
  const { data } = await shop.orders.ask<Completed>(user(userId), completeMutation, variables)
  return data.checkoutComplete.order!
}

const change = async (mutation: string) => {
  const { data, errors } = await shop.orders.ask<{ change: { userErrors: object[] } }>(
    staff,
    `mutation { change: ${mutation} { userErrors { code } } }`,
  )
  expect({ errors, userErrors: data.change.userErrors }).toEqual({ errors: undefined, userErrors: [] })
}
const cancel = ({ id }: { id: string }) =>
  change(`orderCancel(orderId: "${id}", reason: OTHER, idempotencyKey: "${randomUUID()}")`)
const send = ({ id, lines }: Awaited<ReturnType<typeof bought>>, quantity: number) =>
  change(
    `orderFulfill(orderId: "${id}", lines: [{ orderLineId: "${lines[0]!.id}", quantity: ${quantity} }], idempotencyKey: "${randomUUID()}")`,
  )

async function tellOfDeletion(...userIds: string[]): Promise<void> {
  const events = userIds.map((userId) => ({
    id: randomUUID(),
    name: accountDeleted.name,
    aggregateId: userId,
    aggregateVersion: 1,
    occurredAt: '2026-11-25T10:00:00.000Z',
    payload: { userId },
  }))
  const outcomes = events.map(() => 'done')
  expect(await shop.orders.post('/events', { events })).toEqual({ status: 200, content: { outcomes } })
}

const settled = () =>
  eventually(async () =>
    expect(await shop.orders.sql(`select name from pgboss.job where state < 'completed'`)).toEqual([]),
  )
/** An order and its checkout as they are stored. */
const stored = async ({ id }: { id: string }) => {
  const [row] = await shop.orders.sql<{ order: Record<string, unknown>; checkout: Record<string, unknown> }>(
    `select to_jsonb(o) as order, to_jsonb(c) as checkout from customer_order o join checkout c on c.id = o.checkout_id
     where o.id = $1`,
    [fromGlobalId('Order', id)],
  )
  return row!
}
const erased = {
  fullName: 'Erased',
  line1: 'Erased',
  line2: null,
  city: 'Erased',
  postalCode: 'Erased',
  countryCode: 'GB',
}
/** What is personal in an order and its checkout, erased; all else as it was. */
const anonymous = ({ order, checkout }: Awaited<ReturnType<typeof stored>>) => ({
  order: { ...order, customer_id: null, email: null, shipping_address: erased },
  checkout: {
    ...checkout,
    request: { ...(checkout['request'] as object), email: 'erased@invalid', shippingAddress: erased },
  },
})

test('of a closed order name, e-mail and address go; amounts, lines and the country of the tax stay', async () => {
  const [gone, stays] = [randomUUID(), randomUUID()]
  const [order, other] = [await bought(gone), await bought(stays)]
  await cancel(order)
  await cancel(other)
  await settled()
  const [before, others] = [await stored(order), await stored(other)]
  expect(before.order).toMatchObject({ customer_id: gone, email: 'ada@example.com', shipping_address: address })
  const lines = await shop.orders.sql('select * from order_line order by id')
  await tellOfDeletion(gone)
  expect(await stored(order)).toEqual(anonymous(before))
  expect(await stored(other)).toEqual(others)
  expect(await shop.orders.sql('select * from order_line order by id')).toEqual(lines)
  const { data } = await shop.orders.ask(
    staff,
    `{ order(id: "${order.id}") { email customer { id } shippingAddress { fullName countryCode } total { amount } } }`,
  )
  expect(data).toEqual({
    order: {
      email: null,
      customer: null,
      shippingAddress: { fullName: 'Erased', countryCode: 'GB' },
      total: { amount: '29.95' },
    },
  })
  expect((await shop.orders.ask(user(gone), `{ order(id: "${order.id}") { id } }`)).data).toEqual({ order: null })
})

test('an order that is still to be sent keeps its address until the last of it is sent', async () => {
  const gone = randomUUID()
  const order = await bought(gone)
  await settled()
  await tellOfDeletion(gone)
  const told = await stored(order)
  expect(told.order).toMatchObject({ customer_id: gone, email: 'ada@example.com', shipping_address: address })
  expect(told.checkout['request']).toEqual(anonymous(told).checkout.request)
  await send(order, 1)
  expect((await stored(order)).order).toMatchObject({ status: 'PARTIALLY_FULFILLED', shipping_address: address })
  await send(order, 1)
  const sent = await stored(order)
  expect(sent.order).toMatchObject({ status: 'FULFILLED', total: 2_995 })
  expect(sent).toEqual(anonymous(sent))
  await settled()
})

test('told before the order is placed, and twice, it is the same', async () => {
  const gone = randomUUID()
  await tellOfDeletion(gone, gone)
  const order = await bought(gone)
  await settled()
  const placed = await stored(order)
  expect(placed.order).toMatchObject({ status: 'CONFIRMED', shipping_address: address })
  expect(placed.checkout).toEqual(anonymous(placed).checkout)
  await cancel(order)
  const closed = await stored(order)
  expect(closed).toEqual(anonymous(closed))
  await settled()
  const before = await shop.stored()
  await tellOfDeletion(gone)
  const { inbox: _, ...after } = await shop.stored()
  const { inbox: __, ...same } = before
  expect(after).toEqual(same)
})

test('a checkout that was refused keeps nothing either', async () => {
  const [gone, late] = [randomUUID(), randomUUID()]
  const refuse = async (userId: string) => {
    const lines = [{ variantId: shop.sells({ unitPrice: 1_250, stock: 100 }), quantity: 2 }]
    const cartId = toGlobalId('Cart', shop.putCart({ userId, lines }))
    const input = checkoutInput('29.95', { paymentMethodToken: 'sandbox_declined' })
    const { data } = await shop.orders.ask<Completed>(user(userId), completeMutation, { cartId, input, key: 'k' })
    expect(data.checkoutComplete.userErrors.map(({ code }) => code)).toEqual(['PAYMENT_DECLINED'])
  }
  await refuse(gone)
  await settled()
  await tellOfDeletion(gone, late)
  await refuse(late)
  await settled()
  const requests = await shop.orders.sql(
    `select request->>'email' as email, request->'shippingAddress' as address, request ? 'paymentMethodToken' as token
     from checkout where caller = any($1)`,
    [[`user:${gone}`, `user:${late}`]],
  )
  const nothing = { email: 'erased@invalid', address: erased, token: false }
  expect(requests).toEqual([nothing, nothing])
})

test('what ended in the same moment is swept: an order that closed, and its checkout', async () => {
  const [gone, stays] = [randomUUID(), randomUUID()]
  const [order, other] = [await bought(gone), await bought(stays)]
  await cancel(order)
  await cancel(other)
  await settled()
  const [before, others] = [await stored(order), await stored(other)]
  // As a deletion leaves it that could not see what had not been committed yet.
  await shop.orders.sql('insert into deleted_customer (customer_id, deleted_at) values ($1, now())', [gone])
  const pool = createPool({ connectionString: shop.orders.database.connectionString, size: 1, onError: () => {} })
  const db = new PrismaClient({ adapter: prismaAdapter(pool) })
  expect(await eraseLateBuyers(db)).toBe(2)
  expect(await eraseLateBuyers(db)).toBe(0)
  await db.$disconnect()
  await pool.end()
  expect(await stored(order)).toEqual(anonymous(before))
  expect(await stored(other)).toEqual(others)
})
