import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())
afterEach(() => inventory.expectTheBooksToBalance())

describe('reserving', () => {
  test('promises every line for 15 minutes, each from the fullest location that has it', async () => {
    const shirt = await inventory.stocks({ Annex: 2, Main: 9 })
    const mug = await inventory.stocks({ Annex: 5, Main: 4 })
    const checkoutId = randomUUID()
    expect(await inventory.reserve(checkoutId, [line(shirt, 3), line(mug, 4)])).toEqual({ outcome: 'reserved' })
    expect(await inventory.stockOf(shirt)).toEqual({ Annex: [2, 0], Main: [9, 3] })
    expect(await inventory.stockOf(mug)).toEqual({ Annex: [5, 4], Main: [4, 0] })
    const [reservation] = await inventory.sql(
      `select state, expires_at - created_at = interval '15 minutes' as for_15_minutes,
         now() - created_at between interval '0' and interval '1 minute' as made_now, ended_at
       from reservation where checkout_id = $1`,
      [checkoutId],
    )
    expect(reservation).toEqual({ state: 'HELD', for_15_minutes: true, made_now: true, ended_at: null })
  })

  test('splits a line over locations when none has it all', async () => {
    const variantId = await inventory.stocks({ Annex: 2, Main: 4, Shop: 3 })
    expect(await inventory.reserve(randomUUID(), [line(variantId, 6)])).toEqual({ outcome: 'reserved' })
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [2, 0], Main: [4, 4], Shop: [3, 2] })
  })

  test('moves nothing when one line is short, and names each that is', async () => {
    const plenty = await inventory.stocks({ Main: 100 })
    const few = await inventory.stocks({ Main: 2 })
    const none = await inventory.stocks({ Main: 0 })
    const unknown = randomUUID()
    const before = await inventory.storedBesideInbox()
    const outcome = await inventory.reserve(randomUUID(), [
      line(plenty, 100),
      line(few, 3),
      line(none, 1),
      line(unknown, 5_000_000_000),
    ])
    expect(outcome.outcome).toBe('short')
    expect(outcome.shortages).toHaveLength(3)
    expect(outcome.shortages).toEqual(
      expect.arrayContaining([
        { variantId: few, requested: 3, available: 2 },
        { variantId: none, requested: 1, available: 0 },
        { variantId: unknown, requested: 5_000_000_000, available: 0 },
      ]),
    )
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })

  test('lines of one variant count together', async () => {
    const variantId = await inventory.stocks({ Main: 5 })
    const before = await inventory.storedBesideInbox()
    expect(await inventory.reserve(randomUUID(), [line(variantId, 3), line(variantId, 3)])).toEqual({
      outcome: 'short',
      shortages: [{ variantId, requested: 6, available: 5 }],
    })
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })

  test('a repetition answers the same, also when stock has come or gone since', async () => {
    const variantId = await inventory.stocks({ Main: 1 })
    const [first, second] = [randomUUID(), randomUUID()]
    const [firstKey, secondKey] = [randomUUID(), randomUUID()]
    expect(await inventory.reserve(first, [line(variantId)], firstKey)).toEqual({ outcome: 'reserved' })
    const short = await inventory.reserve(second, [line(variantId)], secondKey)
    await inventory.release(first)
    const before = await inventory.stored()
    expect(await inventory.reserve(first, [line(variantId)], firstKey)).toEqual({ outcome: 'reserved' })
    expect(await inventory.reserve(second, [line(variantId)], secondKey)).toEqual(short)
    expect(await inventory.stored()).toEqual(before)
  })

  test('a checkout reserves once: the same again is reserved, something else is an error', async () => {
    const variantId = await inventory.stocks({ Main: 9 })
    const checkoutId = randomUUID()
    await inventory.reserve(checkoutId, [line(variantId, 2)])
    const before = await inventory.storedBesideInbox()
    expect(await inventory.reserve(checkoutId, [line(variantId, 2)])).toEqual({ outcome: 'reserved' })
    const other = { key: randomUUID(), input: { checkoutId, lines: [line(variantId, 3)] } }
    expect((await inventory.post('/commands/inventory.reserve-stock.v1', other)).status).toBe(500)
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })

  test.each([
    ['no lines', []],
    ['no units', [{ variantId: randomUUID(), quantity: 0 }]],
    ['half a unit', [{ variantId: randomUUID(), quantity: 0.5 }]],
    ['no variant', [{ variantId: 'shirt', quantity: 1 }]],
  ])('%s are not taken, and nothing is written', async (_, lines) => {
    const before = await inventory.stored()
    const request = { key: randomUUID(), input: { checkoutId: randomUUID(), lines } }
    expect((await inventory.post('/commands/inventory.reserve-stock.v1', request)).status).toBe(400)
    expect(await inventory.stored()).toEqual(before)
  })
})

describe('releasing', () => {
  test('gives back what was promised, once', async () => {
    const variantId = await inventory.stocks({ Annex: 2, Main: 4 })
    const checkoutId = randomUUID()
    await inventory.reserve(checkoutId, [line(variantId, 5)])
    expect(await inventory.release(checkoutId)).toEqual({})
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [2, 0], Main: [4, 0] })
    expect(await inventory.stateOf(checkoutId)).toBe('RELEASED')
    const before = await inventory.storedBesideInbox()
    await inventory.release(checkoutId)
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })

  test('before the reservation, and that promises nothing', async () => {
    const variantId = await inventory.stocks({ Main: 4 })
    const checkoutId = randomUUID()
    await inventory.release(checkoutId)
    const before = await inventory.storedBesideInbox()
    expect(await inventory.reserve(checkoutId, [line(variantId)])).toEqual({ outcome: 'released' })
    expect(await inventory.reserve(checkoutId, [line(variantId, 5)])).toEqual({ outcome: 'released' })
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })

  test('what is sold stays sold', async () => {
    const variantId = await inventory.stocks({ Main: 4 })
    const checkoutId = randomUUID()
    await inventory.reserve(checkoutId, [line(variantId)])
    await inventory.placed(checkoutId, [line(variantId)])
    const before = await inventory.storedBesideInbox()
    await inventory.release(checkoutId)
    expect(await inventory.storedBesideInbox()).toEqual(before)
  })
})
