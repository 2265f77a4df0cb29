import { randomUUID } from 'node:crypto'
import { accountDeleted } from '@cartograph/contracts'
import { errorCodes, guest, user } from '@cartograph/test-kit'
import { createPool, prismaAdapter } from '@cartograph/service-runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeForgottenCarts } from '../src/cart/remove-forgotten-carts.ts'
import { PrismaClient } from '../src/database.ts'
import { type CartsUnderTest, cartsUnderTest, createCart, mergeCart } from './carts-under-test.ts'
import { deliver, envelopeOf, lock, unlock } from './messages-under-test.ts'

let carts: CartsUnderTest
beforeAll(async () => (carts = await cartsUnderTest()))
afterAll(() => carts.stop())

const deletionOf = (userId: string) => envelopeOf(accountDeleted, userId, 1, { userId })
const open = async (viewer = user()) => (await carts.ask(viewer, createCart)).data.cartCreate
/** What is stored but for the inbox. */
const stored = async () => {
  const { inbox: _, ...rest } = await carts.stored()
  return rest
}

test('every cart of the user goes, whatever became of it, and nobody else’s', async () => {
  const [gone, stays] = [randomUUID(), randomUUID()]
  await open(user(gone))
  await carts.sql(`update cart set status = 'CHECKED_OUT' where user_id = $1`, [gone])
  await open(user(gone))
  const { cart } = await open(user(stays))
  const { cart: guests } = await open(guest())
  await deliver(carts, deletionOf(gone))
  expect(await carts.sql('select user_id from cart where user_id = $1', [gone])).toEqual([])
  expect(await carts.sql<{ count: number }>('select count(*)::int from cart')).toEqual([{ count: 2 }])
  expect([cart.version, guests.version]).toEqual([1, 1])
})

test('an access token that is left opens no cart, nor merges one, and told again it is the same', async () => {
  const gone = randomUUID()
  const { cartToken } = await open(guest())
  const deletion = deletionOf(gone)
  await deliver(carts, deletion)
  const before = await stored()
  expect(errorCodes(await carts.ask(user(gone), createCart))).toEqual(['UNAUTHENTICATED'])
  expect(errorCodes(await carts.ask(user(gone), mergeCart, { token: cartToken }))).toEqual(['UNAUTHENTICATED'])
  await deliver(carts, deletion, deletionOf(gone))
  expect(await stored()).toEqual(before)
})

test('a cart that a checkout holds goes too, and the checkout may let go of it late', async () => {
  const gone = randomUUID()
  const { cart } = await open(user(gone))
  await carts.sql(
    `insert into cart_line (cart_id, variant_id, quantity, unit_price, position) select id, $2, 1, 100, 1 from cart
     where user_id = $1`,
    [gone, randomUUID()],
  )
  const checkoutId = randomUUID()
  expect((await lock(carts, checkoutId, cart, { userId: gone })).outcome).toBe('locked')
  await deliver(carts, deletionOf(gone))
  await unlock(carts, checkoutId, cart)
  expect(await carts.sql('select id from cart where user_id = $1', [gone])).toEqual([])
  expect((await lock(carts, randomUUID(), cart, { userId: gone })).outcome).toBe('not-found')
})

test('a cart that was opened in the same moment is swept away', async () => {
  const gone = randomUUID()
  await deliver(carts, deletionOf(gone))
  // As an opener that had looked before the deletion was committed leaves it.
  await carts.sql(`insert into cart (user_id, currency_code, version) values ($1, 'GBP', 0)`, [gone])
  await open()
  const { connectionString } = carts.database
  const pool = createPool({ connectionString, size: 1, onError: () => {} })
  const db = new PrismaClient({ adapter: prismaAdapter(pool) })
  const others = 'select id from cart where user_id is distinct from $1 order by id'
  const before = await carts.sql(others, [gone])
  expect(await removeForgottenCarts(db)).toBe(1)
  expect(await removeForgottenCarts(db)).toBe(0)
  expect(await carts.sql(others, [gone])).toEqual(before)
  await db.$disconnect()
  await pool.end()
})
