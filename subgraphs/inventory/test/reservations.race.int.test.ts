import { randomUUID } from 'node:crypto'
import { numbered } from '@cartograph/test-kit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expireReservations } from '../src/reservation/expire-reservations.ts'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())
afterEach(() => inventory.expectTheBooksToBalance())

const inTurn = async <Result>(times: number, run: () => Promise<Result>) => {
  const results: Result[] = []
  for (let time = 0; time < times; time += 1) results.push(await run())
  return results
}
const countOf = (outcomes: readonly { outcome?: string }[], wanted: string) =>
  outcomes.filter(({ outcome }) => outcome === wanted).length

describe('many checkouts at once', () => {
  test('200 for 50 units: 50 are promised one, 150 are told that there is none', async () => {
    const variantId = await inventory.stocks({ Main: 50 })
    const outcomes = await Promise.all(numbered(200, () => inventory.reserve(randomUUID(), [line(variantId)])))
    expect(countOf(outcomes, 'reserved')).toBe(50)
    const short = { outcome: 'short', shortages: [{ variantId, requested: 1, available: 0 }] }
    expect(outcomes.filter(({ outcome }) => outcome !== 'reserved')).toEqual(numbered(150, () => short))
    expect(await inventory.stockOf(variantId)).toEqual({ Main: [50, 50] })
  })

  test('200 for 200 units: nobody is refused', async () => {
    const variantId = await inventory.stocks({ Main: 200 })
    const outcomes = await Promise.all(numbered(200, () => inventory.reserve(randomUUID(), [line(variantId)])))
    expect(countOf(outcomes, 'reserved')).toBe(200)
    expect(await inventory.stockOf(variantId)).toEqual({ Main: [200, 200] })
  })

  test('1,000 for 100 units at two locations, 200 at a time: exactly 100', async () => {
    const variantId = await inventory.stocks({ Main: 50, Annex: 50 })
    const fiveInTurn = () => inTurn(5, () => inventory.reserve(randomUUID(), [line(variantId)]))
    const outcomes = (await Promise.all(numbered(200, fiveInTurn))).flat()
    expect([countOf(outcomes, 'reserved'), countOf(outcomes, 'short')]).toEqual([100, 900])
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [50, 50], Main: [50, 50] })
  })

  test('a location that is emptied meanwhile is no reason to refuse: the last units of all are promised', async () => {
    const variantId = await inventory.stocks({ Main: 31, Annex: 30, Shop: 29 })
    const outcomes = await Promise.all(numbered(40, () => inventory.reserve(randomUUID(), [line(variantId, 3)])))
    expect(countOf(outcomes, 'reserved')).toBe(30)
    expect(await inventory.stockOf(variantId)).toEqual({ Annex: [30, 30], Main: [31, 31], Shop: [29, 29] })
  })

  test('carts of the same variants in opposite orders never wait for each other in a circle', async () => {
    const variantIds = await inTurn(6, () => inventory.stocks({ Main: 40, Annex: 20 }))
    const there = variantIds.map((id) => line(id))
    const back = there.toReversed()
    const outcomes = await Promise.all(
      numbered(120, (number) => inventory.reserve(randomUUID(), number % 2 === 0 ? there : back)),
    )
    expect([countOf(outcomes, 'reserved'), countOf(outcomes, 'short')]).toEqual([60, 60])
    for (const id of variantIds) expect(await inventory.stockOf(id)).toEqual({ Annex: [20, 20], Main: [40, 40] })
  })
})

describe('one checkout', () => {
  test('of many with the same key at once one reserves, and all are answered alike', async () => {
    const variantId = await inventory.stocks({ Main: 9 })
    const [checkoutId, key] = [randomUUID(), randomUUID()]
    const outcomes = await Promise.all(numbered(10, () => inventory.reserve(checkoutId, [line(variantId, 2)], key)))
    expect(countOf(outcomes, 'reserved')).toBe(10)
    expect(await inventory.stockOf(variantId)).toEqual({ Main: [9, 2] })
  })

  test('released while it reserves: nothing is held afterwards, whoever is first', async () => {
    const variantIds = await inTurn(2, () => inventory.stocks({ Main: 60, Annex: 60 }))
    const lines = variantIds.map((id) => line(id))
    const checkouts = numbered(60, () => randomUUID())
    const outcomes = await Promise.all(
      checkouts.flatMap((id, index) => {
        const both = [() => inventory.reserve(id, lines), () => inventory.release(id)]
        return (index % 2 === 0 ? both : both.toReversed()).map((send) => send())
      }),
    )
    expect(countOf(outcomes, 'reserved') + countOf(outcomes, 'released')).toBe(60)
    for (const id of variantIds) expect(await inventory.stockOf(id)).toEqual({ Annex: [60, 0], Main: [60, 0] })
    for (const id of checkouts) expect(await inventory.stateOf(id)).toBe('RELEASED')
  })

  test('released while its order is placed: it is sold whole or not at all', async () => {
    const variantId = await inventory.stocks({ Main: 40 })
    const checkouts = numbered(40, () => randomUUID())
    for (const id of checkouts) await inventory.reserve(id, [line(variantId)])
    const placed = await Promise.all(
      checkouts.map(
        async (id) => (await Promise.all([inventory.placed(id, [line(variantId)]), inventory.release(id)]))[0],
      ),
    )
    const sold = placed.filter((outcome) => outcome === 'done').length
    expect(placed.filter((outcome) => outcome === 'failed')).toHaveLength(40 - sold)
    expect(await inventory.stockOf(variantId)).toEqual({ Main: [40 - sold, 0] })
  })

  test('placed, cancelled and refunded at once, everything comes back once', async () => {
    const variantIds = await inTurn(2, () => inventory.stocks({ Main: 20, Annex: 20 }))
    const lines = variantIds.map((id) => line(id, 2))
    const checkouts = numbered(20, () => randomUUID())
    for (const id of checkouts) await inventory.reserve(id, lines)
    const outcomes = await Promise.all(
      checkouts.flatMap((id) => [
        inventory.refunded(id, lines.toReversed()),
        inventory.cancelled(id, lines),
        inventory.placed(id, lines.toReversed()),
      ]),
    )
    expect(outcomes).toEqual(numbered(60, () => 'done'))
    for (const id of variantIds) expect(await inventory.stockOf(id)).toEqual({ Annex: [20, 0], Main: [20, 0] })
  })

  test('swept by two processes while orders are placed: what runs is sold, the rest is free', async () => {
    const variantId = await inventory.stocks({ Main: 60 })
    const checkouts = numbered(60, () => randomUUID())
    for (const id of checkouts) await inventory.reserve(id, [line(variantId)])
    const running = checkouts.slice(0, 30)
    for (const id of running) inventory.orders.running.add(id)
    const sweeper = inventory.sweeper(new Date(Date.now() + 16 * 60_000))
    const [outcomes] = await Promise.all([
      Promise.all(running.map((id) => inventory.placed(id, [line(variantId)]))),
      expireReservations(sweeper),
      expireReservations(sweeper),
    ])
    await expireReservations(sweeper)
    expect(outcomes).toEqual(numbered(30, () => 'done'))
    expect(await inventory.stockOf(variantId)).toEqual({ Main: [30, 0] })
  })
})
