import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually, numbered, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())
beforeEach(() => {
  inventory.recommendations.events.length = 0
})

const told = () => inventory.recommendations.events.map(({ payload }) => payload)

/** Takes a last unit of another variant: what was to be told before it has been told when this is. */
async function afterEverythingTold(): Promise<unknown[]> {
  const marker = await inventory.stocks({ Main: 1 })
  await inventory.reserve(randomUUID(), [line(marker)])
  const low = { variantId: marker, available: 0, threshold: 0 }
  await eventually(() => expect(told()).toContainEqual(low))
  return told().filter((payload) => (payload as { variantId: string }).variantId !== marker)
}

const staff = user(randomUUID(), ['inventory:read', 'inventory:write'])

async function adjust(variantId: string, delta: number) {
  const [place] = await inventory.sql<{ id: string }>(`select id from stock_location where name = 'Main'`)
  const { data } = await inventory.ask<{ stockAdjust: { userErrors: object[] } }>(
    staff,
    `mutation ($variantId: ID!, $locationId: ID!, $delta: Int!, $key: String!) {
      stockAdjust(variantId: $variantId, locationId: $locationId, delta: $delta, reason: ADJUSTMENT, idempotencyKey: $key) { userErrors { code } } }`,
    {
      variantId: toGlobalId('ProductVariant', variantId),
      locationId: toGlobalId('StockLocation', place!.id),
      delta,
      key: randomUUID(),
    },
  )
  expect(data.stockAdjust.userErrors).toEqual([])
}

test('a fall to the threshold is told once, and again when there was enough meanwhile, in a higher version', async () => {
  const variantId = await inventory.stocks({ Main: 4, Annex: 4 }, { threshold: 5 })
  const [first, second] = [randomUUID(), randomUUID()]
  await inventory.reserve(first, [line(variantId, 2)])
  await inventory.reserve(second, [line(variantId, 2)])
  await inventory.reserve(randomUUID(), [line(variantId, 1)])
  await inventory.placed(second, [line(variantId, 2)])
  await inventory.release(first)
  await adjust(variantId, 1)
  await adjust(variantId, -2)
  expect(await afterEverythingTold()).toEqual([
    { variantId, available: 4, threshold: 5 },
    { variantId, available: 4, threshold: 5 },
  ])
  const versions = inventory.recommendations.events
    .filter(({ aggregateId }) => aggregateId === variantId)
    .map(({ aggregateVersion }) => aggregateVersion)
  expect(versions[1]).toBeGreaterThan(versions[0]!)
  const ofVariant = (events: typeof inventory.partners.events) =>
    events.filter(({ aggregateId }) => aggregateId === variantId)
  await eventually(() =>
    expect(ofVariant(inventory.partners.events)).toEqual(ofVariant(inventory.recommendations.events)),
  )
})

test('what is refused, or undone with its transaction, is not told', async () => {
  const variantId = await inventory.stocks({ Main: 6 }, { threshold: 5 })
  await inventory.reserve(randomUUID(), [line(variantId, 7)])
  await inventory.reserve(randomUUID(), [line(variantId, 1), line(randomUUID(), 1)])
  expect(await afterEverythingTold()).toEqual([])
})

test('of many takers at two locations at once exactly one makes it low', async () => {
  const variantId = await inventory.stocks({ Main: 20, Annex: 20 }, { threshold: 5 })
  await Promise.all(numbered(38, () => inventory.reserve(randomUUID(), [line(variantId)])))
  expect(await afterEverythingTold()).toEqual([{ variantId, available: 5, threshold: 5 }])
})
