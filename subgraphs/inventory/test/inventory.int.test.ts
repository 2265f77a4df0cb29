import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { guest, loadRecords, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDefinition } from '../src/load-definition.ts'
import { inventoryUnderTest, type InventoryUnderTest } from './inventory-under-test.ts'

let inventory: InventoryUnderTest
let locationId: string

const received = [0, 3, 7, 15, 1000]
const records = received.map((units, index) => ({
  kind: 'stock' as const,
  variantId: randomUUID(),
  sku: `S${index}`,
  received: units,
  lowStockThreshold: 5,
}))
const variants = records.map((record) => toGlobalId('ProductVariant', record.variantId))
const warehouse = user(randomUUID(), ['inventory:read', 'inventory:write'])

beforeAll(async () => {
  inventory = await inventoryUnderTest()
  await loadRecords(loadDefinition, inventory.database.connectionString, records)
  locationId = (await inventory.ask<{ stockLocations: { id: string }[] }>(warehouse, '{ stockLocations { id } }')).data
    .stockLocations[0]!.id
})
afterAll(() => inventory.stop())

const stored = () => inventory.stored()
const entities = (fields: string) => `query ($of: [_Any!]!) { _entities(representations: $of) { ${fields} } }`
const variantReferences = (ids: readonly string[]) => ({ of: ids.map((id) => ({ __typename: 'ProductVariant', id })) })

describe('loading', () => {
  test('opens a level for every variant with a receipt that explains it, once', async () => {
    const before = await stored()
    expect(await loadRecords(loadDefinition, inventory.database.connectionString, records)).toEqual({
      stock: { read: 5, written: 0 },
    })
    expect(await stored()).toEqual(before)
    expect(
      await inventory.sql(
        `select on_hand, (select coalesce(sum(delta), 0)::int from stock_movement m where m.stock_level_id = l.id) ledger from stock_level l order by on_hand`,
      ),
    ).toEqual(received.map((units) => ({ on_hand: units, ledger: units })))
  })
})

describe('what a shopper is told', () => {
  test('a word and a step, never the count', async () => {
    const { data } = await inventory.ask(
      guest(),
      entities('... on ProductVariant { availability { status maxOrderQuantity } }'),
      variantReferences(variants),
    )
    expect(data).toEqual({
      _entities: [
        { availability: { status: 'OUT_OF_STOCK', maxOrderQuantity: 0 } },
        { availability: { status: 'LOW_STOCK', maxOrderQuantity: 3 } },
        { availability: { status: 'IN_STOCK', maxOrderQuantity: 7 } },
        { availability: { status: 'IN_STOCK', maxOrderQuantity: 10 } },
        { availability: { status: 'IN_STOCK', maxOrderQuantity: 100 } },
      ],
    })
  })

  test('a variant that nobody keeps is out of stock, a product is in stock when any of its variants is', async () => {
    const product = (...ids: string[]) => ({
      __typename: 'Product',
      id: toGlobalId('Product', randomUUID()),
      variants: ids.map((id) => ({ id })),
    })
    const unknown = toGlobalId('ProductVariant', randomUUID())
    const { data } = await inventory.ask(
      guest(),
      entities('... on Product { inStock } ... on ProductVariant { availability { status } }'),
      {
        of: [
          product(variants[0]!, variants[1]!),
          product(variants[0]!, unknown),
          product(),
          { __typename: 'ProductVariant', id: unknown },
        ],
      },
    )
    expect(data).toEqual({
      _entities: [
        { inStock: true },
        { inStock: false },
        { inStock: false },
        { availability: { status: 'OUT_OF_STOCK' } },
      ],
    })
  })

  test('in one statement for any number of variants', async () => {
    const statements = (ids: readonly string[]) =>
      inventory.statementsOf(() =>
        inventory.ask(
          guest(),
          entities('... on ProductVariant { availability { status maxOrderQuantity } }'),
          variantReferences(ids),
        ),
      )
    expect(await statements(variants.slice(0, 1))).toHaveLength(1)
    expect(await statements(Array.from({ length: 50 }, () => toGlobalId('ProductVariant', randomUUID())))).toHaveLength(
      1,
    )
  })
})

describe('who sees exact figures', () => {
  test('staff with inventory:read, and nobody else, also through _entities', async () => {
    const { data } = await inventory.ask<{ _entities: { stockLevels: { id: string; onHand: number }[] }[] }>(
      warehouse,
      entities(
        '... on ProductVariant { stockLevels { id onHand reserved available location { name } movements { edges { node { delta reason onHandAfter } } } } }',
      ),
      variantReferences([variants[2]!]),
    )
    expect(data._entities[0]!.stockLevels).toMatchObject([
      {
        onHand: 7,
        reserved: 0,
        available: 7,
        location: { name: 'Main warehouse' },
        movements: { edges: [{ node: { delta: 7, reason: 'RECEIPT', onHandAfter: 7 } }] },
      },
    ])
    const level = { of: [{ __typename: 'StockLevel', id: data._entities[0]!.stockLevels[0]!.id }] }
    expect((await inventory.ask(warehouse, entities('... on StockLevel { onHand }'), level)).data).toEqual({
      _entities: [{ onHand: 7 }],
    })
    for (const [viewer, code] of [
      [guest(), 'UNAUTHENTICATED'],
      [user(randomUUID()), 'FORBIDDEN'],
    ] as const) {
      const direct = await inventory.ask(viewer, entities('... on StockLevel { onHand }'), level)
      expect(direct.data).toEqual({ _entities: [null] })
      expect(direct.errors!.map((error) => error.extensions.code)).toEqual([code])
      for (const query of ['{ stockLocations { id } }', '{ lowStock { edges { node { id } } } }']) {
        expect((await inventory.ask(viewer, query)).errors!.map((error) => error.extensions.code)).toEqual([code])
      }
    }
    expect((await inventory.askUnsigned('{ _service { sdl } }')).status).toBe(401)
  })

  test('what runs out comes first, page by page', async () => {
    const page = async (args: string) =>
      (
        await inventory.ask<{
          lowStock: { edges: { node: { available: number } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
        }>(warehouse, `{ lowStock(${args}) { edges { node { available } } pageInfo { hasNextPage endCursor } } }`)
      ).data.lowStock
    const first = await page('first: 2, threshold: 10')
    expect(first.edges.map((edge) => edge.node.available)).toEqual([0, 3])
    const second = await page(`first: 2, threshold: 10, after: "${first.pageInfo.endCursor}"`)
    expect(second).toMatchObject({ edges: [{ node: { available: 7 } }], pageInfo: { hasNextPage: false } })
  })
})

describe('adjusting', () => {
  const adjust = (variables: object, viewer = warehouse) =>
    inventory.ask<{
      stockAdjust: { stockLevel: { onHand: number } | null; userErrors: { code: string; path: string[] }[] } | null
    }>(
      viewer,
      `mutation ($variantId: ID!, $locationId: ID!, $delta: Int!, $reason: StockAdjustmentReason! = ADJUSTMENT, $key: String!) {
        stockAdjust(variantId: $variantId, locationId: $locationId, delta: $delta, reason: $reason, idempotencyKey: $key) { stockLevel { onHand } userErrors { code path } } }`,
      { locationId, ...variables },
    )

  test('moves once for a key, however often and however simultaneously it comes', async () => {
    const request = { variantId: variants[1]!, delta: 10, reason: 'RECEIPT', key: randomUUID() }
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => adjust(request)))
    for (const { data } of outcomes) expect(data.stockAdjust).toEqual({ stockLevel: { onHand: 13 }, userErrors: [] })
    const before = await stored()
    expect((await adjust(request)).data.stockAdjust).toEqual({ stockLevel: { onHand: 13 }, userErrors: [] })
    expect((await adjust({ ...request, delta: 11 })).data.stockAdjust!.userErrors.map((error) => error.code)).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ])
    expect(await stored()).toEqual(before)
  })

  test('a key belongs to its caller: somebody else may use the same', async () => {
    const request = { variantId: variants[3]!, delta: 1, key: 'shared' }
    await adjust(request)
    const { data } = await adjust(request, user(randomUUID(), ['inventory:read', 'inventory:write']))
    expect(data.stockAdjust!.stockLevel).toEqual({ onHand: 17 })
  })

  test('many takers at once never take more than there is, and the ledger sums to what is left', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () =>
        adjust({ variantId: variants[2]!, delta: -1, reason: 'DAMAGE', key: randomUUID() }),
      ),
    )
    expect(outcomes.filter(({ data }) => data.stockAdjust!.stockLevel !== null)).toHaveLength(7)
    const [row] = await inventory.sql<{ on_hand: number; ledger: number }>(
      `select on_hand, (select sum(delta)::int from stock_movement m where m.stock_level_id = l.id) ledger from stock_level l where variant_id = $1`,
      [records[2]!.variantId],
    )
    expect(row).toEqual({ on_hand: 0, ledger: 0 })
  })

  test.each([
    ['nothing', { delta: 0 }, 'INVALID_INPUT'],
    ['more than there is', { delta: -1_000 }, 'INVALID_INPUT'],
    ['more than a movement moves', { delta: 1_000_001 }, 'INVALID_INPUT'],
    ['an unknown location', { delta: 1, locationId: toGlobalId('StockLocation', randomUUID()) }, 'NOT_FOUND'],
    ['an empty key', { delta: 1, key: '' }, 'INVALID_INPUT'],
  ])('refuses %s, and nothing moves', async (_, request, code) => {
    const before = await stored()
    const { data } = await adjust({ variantId: variants[0]!, key: randomUUID(), ...request })
    expect(data.stockAdjust).toMatchObject({ stockLevel: null, userErrors: [{ code }] })
    expect(await stored()).toEqual(before)
  })

  test('needs inventory:write, and nothing moves without', async () => {
    const before = await stored()
    const { data, errors } = await adjust(
      { variantId: variants[0]!, delta: 1, key: randomUUID() },
      user(randomUUID(), ['inventory:read']),
    )
    expect(data).toEqual({ stockAdjust: null })
    expect(errors!.map((error) => error.extensions.code)).toEqual(['FORBIDDEN'])
    expect(await stored()).toEqual(before)
  })
})
