import { randomUUID } from 'node:crypto'
import { createLogger, createPool, prismaAdapter } from '@cartograph/service-runtime'
import { eventually, guest, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { abandonCarts } from '../src/cart/abandon-carts.ts'
import { keepAbandoning } from '../src/cart/keep-abandoning.ts'
import { PrismaClient } from '../src/database.ts'
import { start } from '../src/server.ts'
import { type CartData, cartsUnderTest, type CartsUnderTest, createCart, variantId } from './carts-under-test.ts'
import { cartUuid, deliver, hashOf, lock, orderEvent, unlock } from './messages-under-test.ts'

let carts: CartsUnderTest
let db: PrismaClient
const day = 86_400_000
const later = (days: number) => new Date(Date.now() + days * day)

beforeAll(async () => {
  carts = await cartsUnderTest()
  const { connectionString } = carts.database
  const pool = createPool({ connectionString, size: 4, onError: () => {} })
  db = new PrismaClient({ adapter: prismaAdapter(pool) })
})
afterAll(async () => {
  await db.$disconnect()
  await carts.stop()
})
beforeEach(() => carts.sql('truncate cart cascade'))

async function opened(viewer: ReturnType<typeof user>) {
  const lines = [{ variantId: variantId(carts.products.sells()) }]
  const { cart, cartToken } = (await carts.ask(viewer, createCart, { lines })).data.cartCreate
  return { cart, buyer: cartToken === null ? { userId: viewer.id } : { cartTokenHash: hashOf(cartToken) } }
}
const statuses = () => carts.sql('select status::text, count(*)::int from cart group by status order by status')
const statusOf = async (cart: CartData) =>
  (await carts.sql<{ status: string }>('select status::text from cart where id = $1', [cartUuid(cart)]))[0]!.status

test('a cart of a guest is given up 30 days after it was last written to', async () => {
  const { cart } = await opened(guest())
  const before = await carts.stored()
  expect(await abandonCarts(db, later(29.99))).toBe(0)
  expect(await carts.stored()).toEqual(before)
  expect(await abandonCarts(db, later(30.01))).toBe(1)
  expect(await carts.stored()).toEqual({ ...before, cart: [{ ...before['cart']![0], status: 'ABANDONED' }] })
  expect(await statusOf(cart)).toBe('ABANDONED')
  expect(await abandonCarts(db, later(60))).toBe(0)
})

test('the carts of users, and those that are held or final, are not', async () => {
  await opened(user())
  const [held, bought, merged] = [await opened(guest()), await opened(guest()), await opened(guest())]
  await lock(carts, randomUUID(), held.cart, held.buyer)
  const checkoutId = randomUUID()
  await lock(carts, checkoutId, bought.cart, bought.buyer)
  await deliver(carts, orderEvent(checkoutId, bought.cart))
  await carts.sql(`update cart set status = 'MERGED' where id = $1`, [cartUuid(merged.cart)])
  const before = await carts.stored()
  expect(await abandonCarts(db, later(400))).toBe(0)
  expect(await carts.stored()).toEqual(before)
})

test('one that a checkout has let go of is kept for 30 days from then', async () => {
  const { cart, buyer } = await opened(guest())
  const checkoutId = randomUUID()
  await lock(carts, checkoutId, cart, buyer)
  await carts.sql(`update cart set updated_at = now() - interval '40 days'`)
  await unlock(carts, checkoutId, cart)
  expect(await abandonCarts(db, later(29.99))).toBe(0)
  expect(await abandonCarts(db, later(30.01))).toBe(1)
})

const manyOldCarts = (count: number) =>
  carts.sql(
    `insert into cart (token_hash, currency_code, updated_at)
     select sha256(i::text::bytea), 'GBP', now() - interval '31 days' from generate_series(1, $1) as i`,
    [count],
  )

test('more than a batch is done at once, and by four at once each cart once', async () => {
  await manyOldCarts(1_700)
  const counts = await Promise.all(Array.from({ length: 4 }, () => abandonCarts(db, new Date())))
  expect(counts.reduce((sum, count) => sum + count)).toBe(1_700)
  expect(await statuses()).toEqual([{ status: 'ABANDONED', count: 1_700 }])
})

test('one that somebody is writing to is passed over, and not waited for', async () => {
  await manyOldCarts(2)
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from cart order by id limit 1 for update`
    expect(await abandonCarts(db, new Date())).toBe(1)
  })
  expect(await abandonCarts(db, new Date())).toBe(1)
})

test('the sweep reads its own index', async () => {
  await manyOldCarts(2_000)
  await carts.sql('update cart set updated_at = now() where random() < 0.98')
  await carts.sql('analyze cart')
  const plan = await carts.sql(
    `explain select id from cart where status = 'ACTIVE' and token_hash is not null and locked_by is null
       and updated_at < now() - interval '30 days' order by updated_at limit 500 for update skip locked`,
  )
  expect(JSON.stringify(plan)).toContain('cart_abandonable_idx')
})

test('a service sweeps as soon as it runs', async () => {
  await manyOldCarts(3)
  const secret = 's'.repeat(32)
  const service = await start({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: carts.database.connectionString,
    SIGNING_SECRETS: secret,
    PRODUCTS_URL: carts.products.url,
    PRODUCTS_SIGNING_SECRET: secret,
    INVENTORY_URL: carts.inventory.url,
    INVENTORY_SIGNING_SECRET: secret,
    RECOMMENDATIONS_URL: carts.recommendations.url,
    RECOMMENDATIONS_SIGNING_SECRET: secret,
  })
  try {
    await eventually(async () => expect(await statuses()).toEqual([{ status: 'ABANDONED', count: 3 }]))
  } finally {
    await service.stop()
  }
})

test('a sweep that fails ends nothing', async () => {
  const pool = createPool({ connectionString: carts.database.connectionString, size: 1, onError: () => {} })
  await pool.end()
  const closed = new PrismaClient({ adapter: prismaAdapter(pool) })
  await expect(abandonCarts(closed, new Date())).rejects.toThrow()
  await keepAbandoning(closed, () => new Date(), createLogger('carts', 'silent')).stop()
})
