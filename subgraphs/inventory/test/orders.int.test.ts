import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())
afterEach(() => inventory.expectTheBooksToBalance())

/** A variant with 2 units in the annex and 4 in the main warehouse, and a checkout that is promised 5 of them. */
async function fiveOfSix() {
  const variantId = await inventory.stocks({ Annex: 2, Main: 4 })
  const checkoutId = randomUUID()
  await inventory.reserve(checkoutId, [line(variantId, 5)])
  return { variantId, checkoutId, lines: [line(variantId, 5)] }
}

describe('an order is placed', () => {
  test('what was promised is sold where it was promised, with a movement for each level', async () => {
    const { variantId, checkoutId, lines } = await fiveOfSix()
    expect(await inventory.placed(checkoutId, lines)).toBe('done')
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [1, 0], Main: [0, 0] })
    expect(await inventory.stateOf(checkoutId)).toBe('COMMITTED')
    expect((await inventory.ledgerOf(variantId)).slice(2).toSorted()).toEqual(['Annex SALE -1 1', 'Main SALE -4 0'])
  })

  test('told again, as the same event or as another, it changes nothing', async () => {
    const { checkoutId, lines } = await fiveOfSix()
    const id = randomUUID()
    await inventory.placed(checkoutId, lines, id)
    const before = await inventory.storedBesideInbox()
    expect(await inventory.placed(checkoutId, lines, id)).toBe('done')
    expect(await inventory.placed(checkoutId, lines)).toBe('done')
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })

  test('without a reservation, or with a released one, it fails and is to be sent again', async () => {
    const { variantId, checkoutId, lines } = await fiveOfSix()
    await inventory.release(checkoutId)
    const before = await inventory.stored()
    expect(await inventory.placed(checkoutId, lines)).toBe('failed')
    expect(await inventory.placed(randomUUID(), [line(variantId)])).toBe('failed')
    expect(await inventory.cancelled(checkoutId, lines)).toBe('failed')
    expect(await inventory.refunded(checkoutId, lines)).toBe('failed')
    expect(await inventory.stored()).toEqual(before)
  })

  test('what its contract does not allow is rejected', async () => {
    const before = await inventory.stored()
    expect(await inventory.placed(randomUUID(), [])).toBe('rejected')
    expect(await inventory.stored()).toEqual(before)
  })
})

describe('an order is cancelled', () => {
  const ledger = ['Annex CANCELLATION 1 2', 'Annex SALE -1 1', 'Main CANCELLATION 4 4', 'Main SALE -4 0']

  test.each([
    ['after it was placed', ['placed', 'cancelled']],
    ['before it was placed', ['cancelled', 'placed']],
    ['twice', ['placed', 'cancelled', 'cancelled']],
  ] as const)('%s, everything is back where it was, and the ledger says the same', async (_, events) => {
    const { variantId, checkoutId, lines } = await fiveOfSix()
    for (const event of events) expect(await inventory[event](checkoutId, lines)).toBe('done')
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [2, 0], Main: [4, 0] })
    expect(await inventory.stateOf(checkoutId)).toBe('COMMITTED')
    expect((await inventory.ledgerOf(variantId)).slice(2).toSorted()).toEqual(ledger)
  })

  test('an imported one brings its lines back to the first location by name', async () => {
    const variantId = await inventory.stocks({ Main: 4, Annex: 2 })
    expect(await inventory.cancelled(null, [line(variantId, 2), line(variantId, 1)])).toBe('done')
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [5, 0], Main: [4, 0] })
    expect((await inventory.ledgerOf(variantId)).slice(2)).toEqual(['Annex CANCELLATION 3 5'])
  })

  test('of a variant that no location keeps nothing can come back: it is to be sent again', async () => {
    const variantId = await inventory.stocks({ Main: 4 })
    const before = await inventory.stored()
    expect(await inventory.cancelled(null, [line(variantId), line(randomUUID())])).toBe('failed')
    expect(await inventory.stored()).toEqual(before)
  })
})

describe('an order is refunded', () => {
  test('what came back goes where it was sold, in parts', async () => {
    const { variantId, checkoutId, lines } = await fiveOfSix()
    await inventory.placed(checkoutId, lines)
    expect(await inventory.refunded(checkoutId, [line(variantId, 2)])).toBe('done')
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [2, 0], Main: [1, 0] })
    await inventory.refunded(checkoutId, [line(variantId, 3)])
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [2, 0], Main: [4, 0] })
    expect((await inventory.ledgerOf(variantId)).slice(4).toSorted()).toEqual([
      'Annex RETURN 1 2',
      'Main RETURN 1 1',
      'Main RETURN 3 4',
    ])
  })

  test('never more than was sold, and nothing twice when it is cancelled too', async () => {
    const { variantId, checkoutId, lines } = await fiveOfSix()
    await inventory.refunded(checkoutId, [line(variantId, 2)])
    await inventory.cancelled(checkoutId, lines)
    const before = await inventory.storedBesideInbox()
    await inventory.refunded(checkoutId, [line(variantId, 2)])
    await inventory.placed(checkoutId, lines)
    expect(await inventory.storedBesideInbox()).toEqual(before)
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [2, 0], Main: [4, 0] })
  })

  test('of another variant than was sold, and of an imported order, to the first location by name', async () => {
    const { checkoutId, lines } = await fiveOfSix()
    await inventory.placed(checkoutId, lines)
    const other = await inventory.stocks({ Main: 0, Shop: 7 })
    await inventory.refunded(checkoutId, [line(other, 2)])
    await inventory.refunded(null, [line(other, 3)])
    expect(await inventory.stockOf(other)).toEqual({ Main: [5, 0], Shop: [7, 0] })
  })

  test('and nothing came back: nothing happens, whatever became of the reservation', async () => {
    const before = await inventory.storedBesideInbox()
    expect(await inventory.refunded(randomUUID(), [])).toBe('done')
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })
})
