import { randomUUID } from 'node:crypto'
import { eventually, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buy, checkoutInput, guestWithCart, type ShopUnderTest, startShop } from './shop-under-test.ts'

let shop: ShopUnderTest
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.stop())

const staff = user(randomUUID(), ['orders:read', 'orders:write', 'orders:fulfill'])

const fields = `order {
  status refunded { amount } cancelReason
  lines { fulfilledQuantity refundedQuantity }
  payments { status } fulfillments { trackingNumber lines { quantity orderLine { id } } }
  refunds { amount { amount } reason completedAt lines { quantity restocked } }
  timeline(first: 20) { edges { node { type } } }
} userErrors { __typename code path }`

interface Changed {
  readonly order: {
    readonly status: string
    readonly refunded: { readonly amount: string }
    readonly lines: { fulfilledQuantity: number; refundedQuantity: number }[]
    readonly payments: { status: string }[]
    readonly refunds: { amount: { amount: string }; completedAt: string | null }[]
    readonly timeline: { edges: { node: { type: string } }[] }
  } | null
  readonly userErrors: readonly { readonly code: string; readonly path: string[] | null }[]
}

type Buyer = ReturnType<typeof guestWithCart>

/** An order of these lines, paid, with its buyer. */
async function placed(units: Parameters<typeof guestWithCart>[1][], total: string, changes: object = {}) {
  const buyer = guestWithCart(shop, ...units)
  const { order } = await buy(shop, buyer, checkoutInput(total, changes))
  return { buyer, order: order!, lineIds: order!.lines.map(({ id }) => id) }
}

async function change(viewer: Buyer['viewer'], mutation: string): Promise<Changed> {
  const { data, errors } = await shop.orders.ask<{ change: Changed }>(
    viewer,
    `mutation { change: ${mutation} { ${fields} } }`,
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data.change
}

const cancel = (viewer: Buyer['viewer'], orderId: string, key: string = randomUUID(), reason = 'CUSTOMER') =>
  change(viewer, `orderCancel(orderId: "${orderId}", reason: ${reason}, idempotencyKey: "${key}")`)

const linesOf = (lines: readonly object[]) =>
  `[${lines
    .map(
      (line) =>
        `{${Object.entries(line)
          .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
          .join(', ')}}`,
    )
    .join(', ')}]`

const fulfill = (orderId: string, lines: readonly object[], key: string = randomUUID(), tracking = '"1Z 999"') =>
  change(
    staff,
    `orderFulfill(orderId: "${orderId}", lines: ${linesOf(lines)}, trackingNumber: ${tracking}, idempotencyKey: "${key}")`,
  )

const refund = (orderId: string, lines: readonly object[], key: string = randomUUID(), more = '') =>
  change(staff, `orderRefund(orderId: "${orderId}", lines: ${linesOf(lines)}, idempotencyKey: "${key}" ${more})`)

const statusOf = (orderId: string) =>
  shop.orders
    .ask<{ order: Changed['order'] }>(
      staff,
      `{ order(id: "${orderId}") { ${fields.slice(8, fields.indexOf('} userErrors'))} } }`,
    )
    .then(({ data }) => data.order!)

const eventsOf = (name: string, orderId: string) =>
  shop.events.filter(({ event }) => event.name === name && (event.payload as { orderId: string }).orderId === orderId)

const types = ({ timeline }: NonNullable<Changed['order']>) => timeline.edges.map(({ node }) => node.type)

/** All that a refused change must leave as it was. */
const standing = async () => ({ stored: await shop.stored(), events: shop.events.length, mails: shop.mails().length })

/** Jobs are done: nothing is on its way. */
const settled = () =>
  eventually(async () =>
    expect(await shop.orders.sql(`select name from pgboss.job where state < 'completed'`)).toEqual([]),
  )

const uuidOf = async (number: string) =>
  (await shop.orders.sql<{ id: string }>('select id from customer_order where number = $1', [number]))[0]!.id

describe('cancelling', () => {
  test('gives the money back, tells inventory and recommendations, and writes to the buyer, once', async () => {
    const { buyer, order } = await placed([{ quantity: 2 }], '29.95')
    const key = randomUUID()
    const { order: cancelled } = await cancel(buyer.viewer, order.id, key)
    expect(cancelled).toMatchObject({ status: 'CANCELLED', cancelReason: 'CUSTOMER', refunded: { amount: '29.95' } })
    await settled()
    const after = await statusOf(order.id)
    expect(after).toMatchObject({ payments: [{ status: 'CAPTURED' }], refunds: [{ amount: { amount: '29.95' } }] })
    expect(types(after)).toEqual(['PLACED', 'PAID', 'CANCELLED', 'REFUNDED'])
    const id = await uuidOf(order.number)
    expect(
      eventsOf('orders.order-cancelled.v1', id)
        .map(({ to, event }) => `${to} ${event.aggregateVersion}`)
        .toSorted(),
    ).toEqual(['inventory 2', 'recommendations 2'])
    expect(
      await shop.orders.sql(
        'select p.refunded from sandbox_payment p join payment on reference = p.id::text where order_id = $1',
        [id],
      ),
    ).toEqual([{ refunded: '2995' }])
    await eventually(() => expect(shop.mails().filter((mail) => mail.includes(order.number))).toHaveLength(3))
    const before = await standing()
    expect((await cancel(buyer.viewer, order.id, key)).order).toMatchObject({ status: 'CANCELLED' })
    await settled()
    expect(await standing()).toEqual(before)
  })

  test('five times at once with five keys is cancelled once', async () => {
    const { buyer, order } = await placed([{}], '17.45')
    const answers = await Promise.all(Array.from({ length: 5 }, () => cancel(buyer.viewer, order.id)))
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1)
    expect(answers.filter(({ userErrors }) => userErrors[0]?.code === 'NOT_CANCELLABLE')).toHaveLength(4)
    await settled()
    expect((await statusOf(order.id)).refunds).toHaveLength(1)
  })

  test.each(['sandbox_timeout_after_refund', 'sandbox_timeout_before_refund'])('%s: given back once', async (card) => {
    const { buyer, order } = await placed([{}], '17.45', { paymentMethodToken: card })
    await cancel(buyer.viewer, order.id)
    await settled()
    expect(
      await shop.orders.sql(
        'select s.refunded, (select count(*)::int from sandbox_refund r where r.payment_id = s.id) as refunds from sandbox_payment s join payment on reference = s.id::text where order_id = $1',
        [await uuidOf(order.number)],
      ),
    ).toEqual([{ refunded: '1745', refunds: 1 }])
    expect(types(await statusOf(order.id))).toEqual(['PLACED', 'PAID', 'CANCELLED', 'REFUNDED'])
  })

  test('an order whose payment is not taken yet lets go of it', async () => {
    const { buyer, order } = await placed([{}], '17.45')
    const id = await uuidOf(order.number)
    // As it is between placing and capturing.
    await shop.orders.sql(`update payment set captured_at = null where order_id = $1`, [id])
    await shop.orders.sql(
      `update sandbox_payment s set status = 'AUTHORIZED' from payment p where p.reference = s.id::text and p.order_id = $1`,
      [id],
    )
    await shop.orders.sql(`delete from order_event where order_id = $1 and type = 'PAID'`, [id])
    await cancel(buyer.viewer, order.id)
    await settled()
    const after = await statusOf(order.id)
    expect(after).toMatchObject({
      status: 'CANCELLED',
      payments: [{ status: 'VOIDED' }],
      refunds: [],
      refunded: { amount: '0.00' },
    })
    expect(types(after)).toEqual(['PLACED', 'CANCELLED', 'PAYMENT_VOIDED'])
  })

  test('is refused to strangers, for what was sent, twice, and under another’s key, and nothing moves', async () => {
    const { buyer, order, lineIds } = await placed([{ quantity: 2 }], '29.95')
    const other = await placed([{}], '17.45')
    await cancel(other.buyer.viewer, other.order.id, 'k1')
    await fulfill(order.id, [{ orderLineId: lineIds[0], quantity: 1 }])
    await settled()
    const before = await standing()
    expect((await cancel(user(), order.id)).userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['orderId'] }])
    expect((await cancel(user(randomUUID(), ['orders:read']), order.id)).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ])
    expect((await cancel(buyer.viewer, order.id)).userErrors).toMatchObject([{ code: 'NOT_CANCELLABLE' }])
    expect((await cancel(other.buyer.viewer, other.order.id)).userErrors).toMatchObject([{ code: 'NOT_CANCELLABLE' }])
    expect((await cancel(other.buyer.viewer, other.order.id, 'k1', 'FRAUD')).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ])
    expect((await cancel(buyer.viewer, order.id, 'two words')).userErrors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['idempotencyKey'] },
    ])
    expect(await standing()).toEqual(before)
  })
})

describe('sending', () => {
  test('in two parts: the state follows from what was sent', async () => {
    const { order, lineIds } = await placed([{ quantity: 2 }, {}], '42.45')
    const first = await fulfill(order.id, [{ orderLineId: lineIds[0], quantity: 1 }])
    expect(first.order).toMatchObject({
      status: 'PARTIALLY_FULFILLED',
      lines: [{ fulfilledQuantity: 1 }, { fulfilledQuantity: 0 }],
      fulfillments: [{ trackingNumber: '1Z 999', lines: [{ quantity: 1, orderLine: { id: lineIds[0] } }] }],
    })
    const rest = [
      { orderLineId: lineIds[0], quantity: 1 },
      { orderLineId: lineIds[1], quantity: 1 },
    ]
    const key = randomUUID()
    const last = await fulfill(order.id, rest, key, 'null')
    expect(last.order).toMatchObject({ status: 'FULFILLED' })
    expect(types(last.order!)).toEqual(['PLACED', 'PAID', 'SHIPPED', 'FULFILLED'])
    await settled()
    const told = eventsOf('orders.order-shipped.v1', await uuidOf(order.number))
    expect(told.map(({ to, event }) => [to, (event.payload as { trackingNumber: unknown }).trackingNumber])).toEqual([
      ['partners', '1Z 999'],
      ['partners', null],
    ])
    expect(shop.mails().filter((mail) => mail.includes(`${order.number} is on its way`))).toHaveLength(2)
    const before = await standing()
    expect((await fulfill(order.id, rest, key, 'null')).order).toEqual(last.order)
    expect(await standing()).toEqual(before)
  })

  test('ten at once of the last two units: two are sent', async () => {
    const { order, lineIds } = await placed([{ quantity: 2 }], '29.95')
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => fulfill(order.id, [{ orderLineId: lineIds[0], quantity: 1 }])),
    )
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(2)
    expect(await statusOf(order.id)).toMatchObject({ status: 'FULFILLED', lines: [{ fulfilledQuantity: 2 }] })
  })

  test('is refused for too many, twice named, none, foreign and unpaid units, and nothing moves', async () => {
    const { order, lineIds } = await placed([{ quantity: 2 }], '29.95')
    const other = await placed([{}], '17.45')
    const cancelled = await placed([{}], '17.45')
    await cancel(cancelled.buyer.viewer, cancelled.order.id)
    await shop.orders.sql(`update payment set captured_at = null where order_id = $1`, [
      await uuidOf(other.order.number),
    ])
    await settled()
    const before = await standing()
    const [orderLineId] = lineIds
    const refusals: [Promise<Changed>, object][] = [
      [
        fulfill(order.id, [{ orderLineId, quantity: 3 }]),
        { code: 'NOT_FULFILLABLE', path: ['lines', '0', 'quantity'] },
      ],
      [
        fulfill(order.id, [
          { orderLineId, quantity: 1 },
          { orderLineId, quantity: 1 },
        ]),
        { code: 'INVALID_INPUT' },
      ],
      [fulfill(order.id, [{ orderLineId, quantity: 0 }]), { code: 'INVALID_INPUT' }],
      [fulfill(order.id, []), { code: 'INVALID_INPUT', path: ['lines'] }],
      [fulfill(order.id, [{ orderLineId: other.lineIds[0], quantity: 1 }]), { code: 'NOT_FOUND' }],
      [
        fulfill(order.id, [{ orderLineId, quantity: 1 }], randomUUID(), '"\\u0007"'),
        { code: 'INVALID_INPUT', path: ['trackingNumber'] },
      ],
      [
        fulfill(other.order.id, [{ orderLineId: other.lineIds[0], quantity: 1 }]),
        { code: 'NOT_FULFILLABLE', path: ['orderId'] },
      ],
      [fulfill(cancelled.order.id, [{ orderLineId: cancelled.lineIds[0], quantity: 1 }]), { code: 'NOT_FULFILLABLE' }],
    ]
    for (const [answer, error] of refusals) expect(await answer).toMatchObject({ order: null, userErrors: [error] })
    expect(await standing()).toEqual(before)
  })
})

describe('giving back', () => {
  test('a part of the units, with their tax; those not sent are never sent, and what comes back can be sold', async () => {
    const { order, lineIds } = await placed([{ quantity: 3 }, { unitPrice: 333 }], '45.78')
    const key = randomUUID()
    const lines = [
      { orderLineId: lineIds[0], quantity: 1, restock: true },
      { orderLineId: lineIds[1], quantity: 1, restock: false },
    ]
    const { order: refunded } = await refund(order.id, lines, key, 'reason: "scratched"')
    expect(refunded).toMatchObject({
      status: 'CONFIRMED',
      refunded: { amount: '15.83' },
      refunds: [
        {
          amount: { amount: '15.83' },
          reason: 'scratched',
          lines: [
            { quantity: 1, restocked: true },
            { quantity: 1, restocked: false },
          ],
        },
      ],
    })
    await settled()
    expect(types(await statusOf(order.id))).toEqual(['PLACED', 'PAID', 'REFUNDED'])
    const [event] = eventsOf('orders.order-refunded.v1', await uuidOf(order.number))
    expect(event!.event.payload).toMatchObject({ restocked: [{ quantity: 1 }] })
    const before = await standing()
    await refund(order.id, lines, key, 'reason: "scratched"')
    await settled()
    expect(await standing()).toEqual(before)
    expect((await fulfill(order.id, [{ orderLineId: lineIds[0], quantity: 3 }])).userErrors).toMatchObject([
      { code: 'NOT_FULFILLABLE' },
    ])
    expect((await fulfill(order.id, [{ orderLineId: lineIds[0], quantity: 2 }])).order).toMatchObject({
      status: 'FULFILLED',
    })
  })

  test('all of it, penny by penny, comes to exactly what was paid, also where tax comes on top', async () => {
    const texas = { shippingAddress: { fullName: 'A', line1: 'B', city: 'C', postalCode: 'D', countryCode: 'US' } }
    const { order, lineIds } = await placed([{ quantity: 7, unitPrice: 333 }], '30.31', texas)
    for (let unit = 0; unit < 7; unit++) await refund(order.id, [{ orderLineId: lineIds[0], quantity: 1 }])
    const last = await refund(order.id, [], randomUUID(), 'refundShipping: true')
    expect(last.order).toMatchObject({ status: 'REFUNDED', refunded: { amount: '30.31' } })
    await settled()
    expect(
      await shop.orders.sql(
        'select s.refunded, s.amount from sandbox_payment s join payment p on p.reference = s.id::text where order_id = $1',
        [await uuidOf(order.number)],
      ),
    ).toMatchObject([{ refunded: '3031' }])
  })

  test('is refused for more than there is, and nothing moves', async () => {
    const { order, lineIds } = await placed([{ quantity: 2 }], '29.95')
    await refund(order.id, [{ orderLineId: lineIds[0], quantity: 1 }], randomUUID(), 'refundShipping: true')
    const cancelled = await placed([{}], '17.45')
    await cancel(cancelled.buyer.viewer, cancelled.order.id)
    await settled()
    const before = await standing()
    const [orderLineId] = lineIds
    expect((await refund(order.id, [{ orderLineId, quantity: 2 }])).userErrors).toMatchObject([
      { code: 'NOT_REFUNDABLE' },
    ])
    expect((await refund(order.id, [], randomUUID(), 'refundShipping: true')).userErrors).toMatchObject([
      { code: 'NOT_REFUNDABLE', path: ['refundShipping'] },
    ])
    expect((await refund(order.id, [])).userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['lines'] }])
    expect(
      (await refund(cancelled.order.id, [{ orderLineId: cancelled.lineIds[0], quantity: 1 }])).userErrors,
    ).toMatchObject([{ code: 'NOT_REFUNDABLE' }])
    expect(
      (await refund(order.id, [{ orderLineId, quantity: 1 }], randomUUID(), `reason: "${'x'.repeat(501)}"`)).userErrors,
    ).toMatchObject([{ code: 'INVALID_INPUT' }])
    expect(await standing()).toEqual(before)
  })
})

test('an order of which every unit was refunded can be called off: its post comes back, and nothing is restocked', async () => {
  const { buyer, order, lineIds } = await placed([{ quantity: 2 }], '29.95')
  await refund(order.id, [{ orderLineId: lineIds[0], quantity: 2 }])
  expect((await cancel(buyer.viewer, order.id)).order).toMatchObject({
    status: 'CANCELLED',
    refunded: { amount: '29.95' },
  })
  await settled()
  const told = eventsOf('orders.order-cancelled.v1', await uuidOf(order.number))
  expect(told.map(({ event }) => (event.payload as { lines: object[] }).lines)).toEqual([[], []])
})

test('what was free is refunded by writing so: no mail, nothing on the timeline, and the rest can be withdrawn', async () => {
  await shop.orders.sql(`insert into shipping_method values ('pickup', 'GBP', 'Pickup', 'FLAT', '{}', 9)`)
  await shop.orders.sql(`insert into shipping_rate values ('pickup', 'GBP', 1000000, 0)`)
  const { order, lineIds } = await placed([{ unitPrice: 0, quantity: 2 }], '0', { shippingMethodCode: 'pickup' })
  await fulfill(order.id, [{ orderLineId: lineIds[0], quantity: 1 }])
  await settled()
  const mails = shop.mails().length
  const refunded = await refund(order.id, [{ orderLineId: lineIds[0], quantity: 1 }])
  expect(refunded.order).toMatchObject({
    status: 'FULFILLED',
    refunds: [{ amount: { amount: '0.00' }, completedAt: expect.any(String) }],
  })
  await settled()
  expect(types(await statusOf(order.id))).toEqual(['PLACED', 'SHIPPED'])
  expect(shop.mails()).toHaveLength(mails)
})

test('the answer to a checkout stays what it was, byte for byte, whatever becomes of the order', async () => {
  const buyer = guestWithCart(shop, { quantity: 2 })
  const variables = { cartId: buyer.globalCartId, input: checkoutInput('29.95'), key: randomUUID() }
  const selection = `order { ${fields.slice(8, fields.indexOf('} userErrors'))} id } checkout { status order { status timeline { edges { node { type } } } } }`
  const mutation = `mutation ($cartId: ID!, $input: CheckoutInput!, $key: String!) {
    checkoutComplete(cartId: $cartId, input: $input, idempotencyKey: $key) { ${selection} } }`
  const ask = async () => JSON.stringify(await shop.orders.ask(buyer.viewer, mutation, variables))
  const first = await ask()
  const { data } = JSON.parse(first) as { data: { checkoutComplete: { order: { id: string; status: string } } } }
  const { id, status } = data.checkoutComplete.order
  expect(status).toBe('CONFIRMED')
  const lines = await shop.orders.ask<{ order: { lines: { id: string }[] } }>(
    buyer.viewer,
    `{ order(id: "${id}") { lines { id } } }`,
  )
  await fulfill(id, [{ orderLineId: lines.data.order.lines[0]!.id, quantity: 1 }])
  await refund(id, [{ orderLineId: lines.data.order.lines[0]!.id, quantity: 1 }])
  await settled()
  expect((await statusOf(id)).status).toBe('FULFILLED')
  expect(await ask()).toBe(first)
})

test('only who may write orders sends and gives back, through the permissions of the schema', async () => {
  const { buyer, order, lineIds } = await placed([{}], '17.45')
  await settled()
  const before = await standing()
  for (const viewer of [buyer.viewer, user(), user(randomUUID(), ['orders:read'])]) {
    for (const mutation of [
      `orderFulfill(orderId: "${order.id}", lines: [{orderLineId: "${lineIds[0]}", quantity: 1}], idempotencyKey: "k")`,
      `orderRefund(orderId: "${order.id}", lines: [{orderLineId: "${lineIds[0]}", quantity: 1}], idempotencyKey: "k")`,
    ]) {
      const { errors } = await shop.orders.ask(viewer, `mutation { ${mutation} { order { id } } }`)
      expect(errors![0]!.extensions.code).toBe(viewer.kind === 'guest' ? 'UNAUTHENTICATED' : 'FORBIDDEN')
    }
  }
  expect(await standing()).toEqual(before)
})
