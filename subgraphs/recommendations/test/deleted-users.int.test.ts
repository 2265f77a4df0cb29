import { randomUUID } from 'node:crypto'
import { accountDeleted, orderPlaced } from '@cartograph/contracts'
import { type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { cornerShop, tea } from './some-shop.ts'

let shop: SubgraphUnderTest
beforeEach(async () => {
  shop = await recommendationsUnderTest()
})
afterEach(() => shop.stop())

const gone = uuidOf('user', 1)
const envelope = (name: string, aggregateId: string, payload: object) => ({
  id: randomUUID(),
  name,
  aggregateId,
  aggregateVersion: 1,
  occurredAt: '2026-11-25T10:00:00.000Z',
  payload,
})
const deletion = () => envelope(accountDeleted.name, gone, { userId: gone })
const placed = (number: number, customerId: string) =>
  envelope(orderPlaced.name, uuidOf('order', number), {
    orderId: uuidOf('order', number),
    checkoutId: randomUUID(),
    cartId: randomUUID(),
    customerId,
    placedAt: '2026-05-01T00:00:00.000Z',
    lines: [{ variantId: uuidOf('variant', tea), productId: uuidOf('product', tea), quantity: 2 }],
  })
async function deliver(...events: object[]): Promise<void> {
  const outcomes = events.map(() => 'done')
  expect(await shop.post('/events', { events })).toEqual({ status: 200, content: { outcomes } })
}
const purchases = async () => (await shop.stored())['purchase']!

test('what was bought stays, and whose it was goes; nobody else’s does', async () => {
  await loadShop(shop, cornerShop)
  const before = await purchases()
  expect(before.filter((row) => row['user_id'] === gone).length).toBeGreaterThan(0)
  const expected = before.map((row) => (row['user_id'] === gone ? { ...row, user_id: null } : row))
  const event = deletion()
  await deliver(event)
  expect(await purchases()).toEqual(expected)
  await deliver(event, deletion())
  expect(await purchases()).toEqual(expected)
})

test('an order that is told or loaded afterwards is nobody’s', async () => {
  await deliver(deletion(), placed(90, gone), placed(91, uuidOf('user', 2)))
  await loadShop(shop, cornerShop)
  const owners = (await purchases()).map((row) => row['user_id'])
  expect(owners).not.toContain(gone)
  expect(owners).toContain(uuidOf('user', 2))
  expect((await purchases()).find((row) => row['order_id'] === uuidOf('order', 90))).toMatchObject({ user_id: null })
})

test('told at the same time as twenty orders, none of them stays the user’s', async () => {
  await Promise.all([
    ...Array.from({ length: 10 }, (_, index) => deliver(placed(100 + index, gone))),
    deliver(deletion()),
    ...Array.from({ length: 10 }, (_, index) => deliver(placed(110 + index, gone))),
  ])
  expect((await purchases()).map((row) => row['user_id'])).toEqual(Array.from({ length: 20 }, () => null))
})
