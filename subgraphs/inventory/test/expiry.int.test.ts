import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { expireReservations } from '../src/reservation/expire-reservations.ts'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())
beforeEach(() => {
  Object.assign(inventory.orders, { isUp: true, running: new Set(), asked: [] })
})
afterEach(() => inventory.expectTheBooksToBalance())

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const sweepIn = (minutes: number) => expireReservations(inventory.sweeper(minutesFromNow(minutes)))

/** Checkouts that are promised one unit each of a variant of their own. */
async function checkouts(count: number) {
  const variantId = await inventory.stocks({ Main: count })
  const ids = Array.from({ length: count }, () => randomUUID())
  for (const id of ids) await inventory.reserve(id, [line(variantId)])
  return { variantId, ids }
}

test('what has not expired is not even asked about', async () => {
  const { variantId } = await checkouts(2)
  expect(await sweepIn(14)).toBe(0)
  expect(inventory.orders.asked).toEqual([])
  expect(await inventory.stockOf(variantId)).toEqual({ Main: [2, 2] })
  await sweepIn(16)
})

test('what has expired is released, but for checkouts that run: they keep theirs for 15 minutes more', async () => {
  const { variantId, ids } = await checkouts(3)
  inventory.orders.running.add(ids[1]!)
  expect(await sweepIn(16)).toBe(2)
  expect(inventory.orders.asked.map((asked) => asked.toSorted())).toEqual([ids.toSorted()])
  expect(await inventory.stockOf(variantId)).toEqual({ Main: [3, 1] })
  for (const [index, state] of ['RELEASED', 'HELD', 'RELEASED'].entries())
    expect(await inventory.stateOf(ids[index]!)).toBe(state)
  expect(await sweepIn(30)).toBe(0)
  expect(inventory.orders.asked).toHaveLength(1)
  inventory.orders.running.clear()
  expect(await sweepIn(32)).toBe(1)
  expect(await inventory.stockOf(variantId)).toEqual({ Main: [3, 0] })
})

test('while orders does not answer nothing is released', async () => {
  const { variantId } = await checkouts(2)
  inventory.orders.isUp = false
  const before = await inventory.stored()
  expect(await sweepIn(16)).toBe(0)
  expect(inventory.orders.asked).toHaveLength(1)
  expect(await inventory.stored()).toEqual(before)
  inventory.orders.isUp = true
  expect(await sweepIn(16)).toBe(2)
  expect(await inventory.stockOf(variantId)).toEqual({ Main: [2, 0] })
})

test('what is sold or released never expires', async () => {
  const { variantId, ids } = await checkouts(2)
  await inventory.placed(ids[0]!, [line(variantId)])
  await inventory.release(ids[1]!)
  const before = await inventory.stored()
  expect(await sweepIn(16)).toBe(0)
  expect(inventory.orders.asked).toEqual([])
  expect(await inventory.stored()).toEqual(before)
})

test('more than a batch, by two processes at once: each is released once, none that runs', async () => {
  const { variantId, ids } = await checkouts(250)
  for (const id of ids.slice(0, 120)) inventory.orders.running.add(id)
  const released = await Promise.all([sweepIn(16), sweepIn(16)])
  // One may have stopped at what the other one held; whatever both have left the next sweep takes.
  const rest = await sweepIn(16)
  expect(released[0] + released[1] + rest).toBe(130)
  expect(await inventory.stockOf(variantId)).toEqual({ Main: [250, 120] })
  expect(
    await inventory.sql('select checkout_id from reservation where state = $1 order by checkout_id', ['HELD']),
  ).toEqual(
    ids
      .slice(0, 120)
      .toSorted()
      .map((id) => ({ checkout_id: id })),
  )
})
