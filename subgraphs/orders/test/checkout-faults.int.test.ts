import { randomUUID } from 'node:crypto'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from './peers-under-test.ts'
import { buy, checkoutInput, guestWithCart, type ShopUnderTest, startShop } from './shop-under-test.ts'

let shop: ShopUnderTest
beforeAll(async () => {
  shop = await startShop()
})
afterAll(() => shop.stop())

const faults: Fault[] = ['answer lost', 'fails', 'is down']

/** What the purchase of one unit leaves when all went as it should. */
async function boughtOnce(buyer: ReturnType<typeof guestWithCart>, stock: number) {
  expect(shop.available.get(buyer.lines[0]!.variantId)).toBe(stock - 1)
  const orders = await shop.orders.sql<{ total: string; status: string; captured: boolean }>(
    `select o.total, s.status, p.captured_at is not null as captured from customer_order o join payment p on p.order_id = o.id
     join sandbox_payment s on s.id::text = p.reference join checkout c on c.order_id = o.id where c.cart_id = $1`,
    [buyer.cartId],
  )
  expect(orders).toEqual([{ total: '1745', status: 'CAPTURED', captured: true }])
  const payments = await shop.orders.sql(
    `select count(*)::int from sandbox_payment s join checkout c on c.id::text = s.key where c.cart_id = $1`,
    [buyer.cartId],
  )
  expect(payments).toEqual([{ count: 1 }])
}

describe.each([
  '/commands/carts.lock-cart.v1',
  '/questions/products.variant-offers.v1',
  '/commands/inventory.reserve-stock.v1',
])('%s', (url) => {
  test.each(faults)('%s once: bought once, and answered at once', async (fault) => {
    const buyer = guestWithCart(shop, { stock: 5 })
    shop.befalls(url, fault)
    expect((await buy(shop, buyer, checkoutInput('17.45'))).order).toMatchObject({ status: 'CONFIRMED' })
    await boughtOnce(buyer, 5)
  })
})

describe.each([
  'sandbox_timeout_before',
  'sandbox_timeout_after',
  'sandbox_timeout_before_capture',
  'sandbox_timeout_after_capture',
])('%s', (paymentMethodToken) => {
  test('is bought and paid once', async () => {
    const buyer = guestWithCart(shop, { stock: 5 })
    const { order } = await buy(shop, buyer, checkoutInput('17.45', { paymentMethodToken }))
    expect(order).toMatchObject({
      status: 'CONFIRMED',
      payments: [{ status: 'CAPTURED', amount: { amount: '17.45' } }],
    })
    await boughtOnce(buyer, 5)
  })
})

describe.each(['/commands/carts.unlock-cart.v1', '/commands/inventory.release-stock.v1'])('undoing by %s', (url) => {
  test.each(faults)('%s once: all is let go of, and the refusal is told', async (fault) => {
    const buyer = guestWithCart(shop, { stock: 5 })
    shop.befalls(url, fault)
    const { userErrors } = await buy(shop, buyer, checkoutInput('17.45', { paymentMethodToken: 'sandbox_declined' }))
    expect(userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED' }])
    expect(shop.available.get(buyer.lines[0]!.variantId)).toBe(5)
    expect(shop.carts.get(buyer.cartId)!.lockedBy).toBeNull()
  })
})

test('a service that is away for longer: PROCESSING, and the job ends it when the service is back', async () => {
  const buyer = guestWithCart(shop, { stock: 5 })
  const key = randomUUID()
  shop.befalls('/commands/inventory.reserve-stock.v1', ...Array<Fault>(10).fill('is down'))
  const answer = await buy(shop, buyer, checkoutInput('17.45'), key)
  expect(answer).toMatchObject({ checkout: { status: 'PROCESSING' }, order: null, userErrors: [] })
  const query = `{ checkout(id: "${answer.checkout!.id}") { status order { status } } }`
  await eventually(
    async () =>
      expect(await shop.orders.ask(buyer.viewer, query)).toEqual({
        data: { checkout: { status: 'COMPLETED', order: { status: 'CONFIRMED' } } },
      }),
    { timeoutMs: 15_000 },
  )
  await boughtOnce(buyer, 5)
  expect((await buy(shop, buyer, checkoutInput('17.45'), key)).checkout!.status).toBe('COMPLETED')
})

test('money held for a checkout that is over is let go of by the reconciliation, and no other', async () => {
  const second = await startShop({ RECONCILE_EVERY_SECONDS: '1', RECONCILE_AFTER_SECONDS: '1' })
  try {
    const declined = guestWithCart(second, {})
    await buy(second, declined, checkoutInput('17.45', { paymentMethodToken: 'sandbox_declined' }))
    const [over] = await second.orders.sql<{ id: string }>('select id from checkout')
    const bought = guestWithCart(second, {})
    await buy(second, bought, checkoutInput('17.45'))
    const [done] = await second.orders.sql<{ id: string }>('select id from checkout where order_id is not null')
    const waiting = guestWithCart(second, {})
    await buy(second, waiting, checkoutInput('17.45', { paymentMethodToken: 'sandbox_3ds' }))
    // What a lost answer leaves, or a second opening; and what another shop on the same account holds.
    const hold = async (key: string) => {
      await second.orders.sql(`delete from sandbox_payment where key = $1`, [key])
      const insert = `insert into sandbox_payment (key, method, currency_code, amount, status)
        values ($1, 'sandbox_visa', 'GBP', 1745, 'AUTHORIZED') returning id`
      return (await second.orders.sql<{ id: string }>(insert, [key]))[0]!.id
    }
    const dangling = await hold(over!.id)
    await second.orders.sql('update sandbox_payment set key = $1 where key = $2', ['first', done!.id])
    const [again, foreign, another] = [await hold(done!.id), await hold('cart-4711'), await hold(randomUUID())]
    const statusOf = async (id: string) =>
      (await second.orders.sql<{ status: string }>('select status from sandbox_payment where id = $1', [id]))[0]!.status
    await eventually(
      async () => expect([await statusOf(dangling), await statusOf(again)]).toEqual(['VOIDED', 'VOIDED']),
      { timeoutMs: 10_000 },
    )
    expect([await statusOf(foreign), await statusOf(another)]).toEqual(['AUTHORIZED', 'AUTHORIZED'])
    const others = await second.orders.sql(
      `select status from sandbox_payment where method = 'sandbox_3ds' or key = 'first' order by opened_at`,
    )
    expect(others).toEqual([{ status: 'CAPTURED' }, { status: 'ACTION_REQUIRED' }])
  } finally {
    await second.stop()
  }
})

test('money that was taken for a checkout that is given up goes back, and the stock is free before', async () => {
  const buyer = guestWithCart(shop, { stock: 4 })
  const waiting = await buy(shop, buyer, checkoutInput('17.45', { paymentMethodToken: 'sandbox_3ds' }))
  const payment = async () =>
    (
      await shop.orders.sql<{ status: string; refunded: string }>(
        `select s.status, s.refunded from sandbox_payment s join checkout c on c.id::text = s.key where c.cart_id = $1`,
        [buyer.cartId],
      )
    )[0]
  // As by hand, at the provider.
  await shop.orders.sql(
    `update sandbox_payment s set status = 'CAPTURED' from checkout c where c.id::text = s.key and c.cart_id = $1`,
    [buyer.cartId],
  )
  await shop.orders.sql(`update checkout set created_at = created_at - interval '16 minutes' where cart_id = $1`, [
    buyer.cartId,
  ])
  const query = `mutation { checkoutContinue(checkoutId: "${waiting.checkout!.id}") { checkout { status } } }`
  expect(await shop.orders.ask(buyer.viewer, query)).toEqual({
    data: { checkoutContinue: { checkout: { status: 'REFUSED' } } },
  })
  expect(await payment()).toEqual({ status: 'CAPTURED', refunded: '1745' })
  expect([shop.available.get(buyer.lines[0]!.variantId), shop.carts.get(buyer.cartId)!.lockedBy]).toEqual([4, null])
})

test('an order whose money is gone before it is taken is called off', async () => {
  const buyer = guestWithCart(shop, { stock: 4 })
  // The hold is let go of elsewhere between the order and the capture: here by a card that then knows no capture.
  await shop.orders.sql(`create function lose_hold() returns trigger language plpgsql as $$
    begin update sandbox_payment set status = 'VOIDED' where id::text = new.reference; return new; end $$`)
  await shop.orders.sql('create trigger lose_hold after insert on payment for each row execute function lose_hold()')
  try {
    const { checkout, order } = await buy(shop, buyer, checkoutInput('17.45'))
    expect([checkout!.status, order!.status, order!.payments[0]!.status]).toEqual(['COMPLETED', 'CANCELLED', 'VOIDED'])
  } finally {
    await shop.orders.sql('drop function lose_hold cascade')
  }
  const told = () => shop.events.filter(({ event }) => (event.payload as { cartId?: string }).cartId === buyer.cartId)
  await eventually(() => expect(told()).toHaveLength(4))
  const { orderId } = told()[0]!.event.payload as { orderId: string }
  const cancelled = () =>
    shop.events.filter(({ event }) => event.name === 'orders.order-cancelled.v1' && event.aggregateId === orderId)
  await eventually(() =>
    expect(
      cancelled()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(['inventory', 'recommendations']),
  )
})

test('a process that died before it wrote that the customer must come does not take its restart for their return', async () => {
  const buyer = guestWithCart(shop, {})
  const waiting = await buy(shop, buyer, checkoutInput('17.45', { paymentMethodToken: 'sandbox_3ds' }))
  await shop.orders.sql('update checkout set next_action = null where cart_id = $1', [buyer.cartId])
  const query = `{ checkout(id: "${waiting.checkout!.id}") { status nextAction { url } } }`
  await eventually(
    async () =>
      expect(await shop.orders.ask(buyer.viewer, query)).toMatchObject({
        data: { checkout: { status: 'ACTION_REQUIRED' } },
      }),
    { timeoutMs: 15_000 },
  )
})
