import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, errorCodes, guest, numbered, user } from '@cartograph/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest
const staff = user(randomUUID(), ['inventory:read', 'inventory:write'])

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())
afterEach(() => inventory.expectTheBooksToBalance())

const setLimit = (variantId: string, limit: number, viewer = staff) =>
  inventory.ask<{
    stockBackorderLimitSet: { stockLevel: object | null; userErrors: { code: string; message: string }[] } | null
  }>(
    viewer,
    `mutation ($id: ID!, $limit: Int!) { stockBackorderLimitSet(variantId: $id, limit: $limit) {
      stockLevel { onHand reserved available backorderLimit location { name } } userErrors { code message path } } }`,
    { id: toGlobalId('ProductVariant', variantId), limit },
  )

const limited = async (units: Record<string, number>, limit: number) => {
  const variantId = await inventory.stocks(units)
  expect((await setLimit(variantId, limit)).data.stockBackorderLimitSet!.userErrors).toEqual([])
  return variantId
}

const availability = async (variantId: string) => {
  const query = entitiesQuery('... on ProductVariant { availability { status maxOrderQuantity } }')
  const of = [{ __typename: 'ProductVariant', id: toGlobalId('ProductVariant', variantId) }]
  const { data } = await inventory.ask<{ _entities: { availability: object }[] }>(guest(), query, { of })
  return data._entities[0]!.availability
}

describe('the limit of a variant', () => {
  test('stands at the first location by name, and stays there; set again it changes nothing', async () => {
    const variantId = await inventory.stocks({ Main: 3, Annex: 1 })
    const level = { onHand: 1, reserved: 0, available: 1, backorderLimit: 5, location: { name: 'Annex' } }
    expect((await setLimit(variantId, 5)).data.stockBackorderLimitSet).toEqual({ stockLevel: level, userErrors: [] })
    await inventory.stocks({ Aa: 0 }, { variantId })
    const before = await inventory.stored()
    expect((await setLimit(variantId, 5)).data.stockBackorderLimitSet!.stockLevel).toEqual(level)
    expect(await inventory.stored()).toEqual(before)
    const changed = (await setLimit(variantId, 7)).data.stockBackorderLimitSet!.stockLevel
    expect(changed).toEqual({ ...level, backorderLimit: 7 })
  })

  test('set at once by many, only one level ever has one', async () => {
    const variantId = await inventory.stocks({ Main: 3, Annex: 1 })
    await Promise.all(numbered(20, (limit) => setLimit(variantId, limit)))
    expect(
      await inventory.sql(
        'select name from stock_level l join stock_location o on o.id = location_id where backorder_limit > 0 and variant_id = $1',
        [variantId],
      ),
    ).toEqual([{ name: 'Annex' }])
    await expect(
      inventory.sql(`update stock_level set backorder_limit = 1 where variant_id = $1`, [variantId]),
    ).rejects.toThrow('stock_level_backorder_key')
  })

  test.each([
    ['below none', -1, 'INVALID_INPUT'],
    ['beyond all reason', 1_000_001, 'INVALID_INPUT'],
    ['below what is owed', 2, 'UNITS_OWED'],
  ])('is refused %s, and nothing changes', async (_, limit, code) => {
    const variantId = await limited({ Main: 1 }, 5)
    await inventory.reserve(randomUUID(), [line(variantId, 4)])
    const before = await inventory.stored()
    const { data } = await setLimit(variantId, limit)
    expect(data.stockBackorderLimitSet).toMatchObject({ stockLevel: null, userErrors: [{ code, path: ['limit'] }] })
    expect(await inventory.stored()).toEqual(before)
    expect((await setLimit(variantId, 3)).data.stockBackorderLimitSet!.userErrors).toEqual([])
  })

  test('of a variant that nobody keeps, or without inventory:write, is refused', async () => {
    const variantId = await inventory.stocks({ Main: 1 })
    const before = await inventory.stored()
    expect((await setLimit(randomUUID(), 1)).data.stockBackorderLimitSet!.userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['variantId'] },
    ])
    expect(errorCodes(await setLimit(variantId, 1, user(randomUUID(), ['inventory:read'])))).toEqual(['FORBIDDEN'])
    expect(errorCodes(await setLimit(variantId, 1, guest()))).toEqual(['UNAUTHENTICATED'])
    expect(await inventory.stored()).toEqual(before)
  })
})

describe('buying what is not there', () => {
  test('up to the limit: owed by the level that has it, and paid off by the next delivery', async () => {
    const variantId = await limited({ Annex: 1, Main: 2 }, 4)
    expect(await availability(variantId)).toEqual({ status: 'IN_STOCK', maxOrderQuantity: 7 })
    const checkoutId = randomUUID()
    await inventory.reserve(checkoutId, [line(variantId, 5)])
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [1, 3], Main: [2, 2] })
    expect(await availability(variantId)).toEqual({ status: 'BACKORDER', maxOrderQuantity: 2 })
    expect(await inventory.reserve(randomUUID(), [line(variantId, 3)])).toEqual({
      outcome: 'short',
      shortages: [{ variantId, requested: 3, available: 2 }],
    })
    await inventory.placed(checkoutId, [line(variantId, 5)])
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [-2, 0], Main: [0, 0] })
    await inventory.reserve(randomUUID(), [line(variantId, 2)])
    expect(await availability(variantId)).toEqual({ status: 'OUT_OF_STOCK', maxOrderQuantity: 0 })
    await inventory.cancelled(checkoutId, [line(variantId, 5)])
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [1, 2], Main: [2, 0] })
    expect(await availability(variantId)).toEqual({ status: 'IN_STOCK', maxOrderQuantity: 5 })
  })

  test('carts are told of the whole room', async () => {
    const variantId = await limited({ Main: 2 }, 40)
    const { content } = await inventory.post('/questions/inventory.variant-availability.v1', {
      variantIds: [variantId],
    })
    expect(content).toEqual([{ variantId, available: 42 }])
  })

  test('by many at once, never beyond the limit', async () => {
    const variantId = await limited({ Annex: 5, Main: 5 }, 15)
    const outcomes = await Promise.all(numbered(60, () => inventory.reserve(randomUUID(), [line(variantId)])))
    expect(outcomes.filter(({ outcome }) => outcome === 'reserved')).toHaveLength(25)
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [5, 20], Main: [5, 5] })
  })
})

describe('what staff move while units are owed', () => {
  const adjust = async (variantId: string, delta: number, reason = 'ADJUSTMENT') => {
    const [place] = await inventory.sql<{ id: string }>(`select id from stock_location where name = 'Main'`)
    return inventory.ask<{ stockAdjust: { stockLevel: { onHand: number } | null; userErrors: object[] } }>(
      staff,
      `mutation { stockAdjust(variantId: "${toGlobalId('ProductVariant', variantId)}", locationId: "${toGlobalId('StockLocation', place!.id)}",
        delta: ${delta}, reason: ${reason}, idempotencyKey: "${randomUUID()}") { stockLevel { onHand } userErrors { code } } }`,
    )
  }

  test('deliveries of any size come in; nothing that is not there goes, nor what may not be owed', async () => {
    const variantId = await limited({ Main: 2 }, 4)
    const checkoutId = randomUUID()
    await inventory.reserve(checkoutId, [line(variantId, 5)])
    expect((await adjust(variantId, -1)).data.stockAdjust.stockLevel).toEqual({ onHand: 1 })
    for (const delta of [-1, -2]) expect((await adjust(variantId, delta)).data.stockAdjust.stockLevel).toBeNull()
    await inventory.placed(checkoutId, [line(variantId, 5)])
    expect((await adjust(variantId, -1)).data.stockAdjust.stockLevel).toBeNull()
    expect((await adjust(variantId, 1)).data.stockAdjust.stockLevel).toEqual({ onHand: -3 })
    expect((await adjust(variantId, 10)).data.stockAdjust.stockLevel).toEqual({ onHand: 7 })
  })

  test.each(['SALE', 'CANCELLATION'])('%s is not theirs to say', async (reason) => {
    const variantId = await inventory.stocks({ Main: 2 })
    const before = await inventory.stored()
    expect(errorCodes(await adjust(variantId, 1, reason))).toEqual(['GRAPHQL_VALIDATION_FAILED'])
    expect(await inventory.stored()).toEqual(before)
  })
})
