import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { endOfRecords, type CartRecord } from '@cartograph/contracts'
import { toGlobalId } from '@cartograph/global-ids'
import { user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartsUnderTest, type CartsUnderTest, createCart } from './carts-under-test.ts'

let carts: CartsUnderTest

beforeAll(async () => {
  carts = await cartsUnderTest()
})
afterAll(() => carts.stop())

function record(customerId: string = randomUUID(), quantity = 2): CartRecord {
  const lines = [
    { id: randomUUID(), variantId: randomUUID(), quantity, unitPrice: 999 },
    { id: randomUUID(), variantId: randomUUID(), quantity: 1, unitPrice: 1 },
  ]
  return {
    kind: 'cart',
    id: randomUUID(),
    customerId,
    currencyCode: 'EUR',
    updatedAt: '2026-03-04T05:06:07.000Z',
    lines,
  }
}

async function load(records: CartRecord[]) {
  const child = spawn(process.execPath, [new URL('../src/load.ts', import.meta.url).pathname], {
    env: { DATABASE_URL: carts.database.connectionString },
  })
  child.stdin.end([...records.map((one) => JSON.stringify(one)), endOfRecords].map((line) => `${line}\n`).join(''))
  const [output, problem] = await Promise.all([text(child.stdout), text(child.stderr)])
  return problem || (JSON.parse(output) as unknown)
}

test('writes an active cart with its lines in order, and a second time nothing', async () => {
  const records = Array.from({ length: 3 }, () => record())
  expect(await load(records)).toEqual({ cart: { read: 3, written: 3 } })
  const before = await carts.stored()
  expect(await load(records)).toEqual({ cart: { read: 3, written: 0 } })
  expect(await carts.stored()).toEqual(before)
  const [first] = records
  const { data } = await carts.ask(user(first!.customerId), createCart)
  expect(data.cartCreate.cart).toMatchObject({
    id: toGlobalId('Cart', first!.id),
    version: 1,
    status: 'ACTIVE',
    totalQuantity: 3,
    subtotal: { amount: '19.99', currencyCode: 'EUR' },
    lines: first!.lines.map(({ id, variantId }) => ({
      id: toGlobalId('CartLine', id),
      variant: { id: toGlobalId('ProductVariant', variantId) },
    })),
  })
})

test('leaves alone the cart that a customer has', async () => {
  const owner = user()
  await carts.ask(owner, createCart)
  const before = await carts.stored()
  expect(await load([record(owner.id!), record(owner.id!)])).toEqual({ cart: { read: 2, written: 0 } })
  expect(await carts.stored()).toEqual(before)
})

test('writes nothing at all when one record is no cart', async () => {
  const before = await carts.stored()
  expect(await load([record(), record(randomUUID(), 10_000)])).toContain('cart_line_quantity_check')
  expect(await carts.stored()).toEqual(before)
})
