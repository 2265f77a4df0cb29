import { randomUUID } from 'node:crypto'
import { toGlobalId } from '@cartograph/global-ids'
import { numbered, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expireReservations } from '../src/reservation/expire-reservations.ts'
import { inventoryUnderTest, type InventoryUnderTest, line } from './inventory-under-test.ts'

let inventory: InventoryUnderTest
const staff = user(randomUUID(), ['inventory:read', 'inventory:write'])

beforeAll(async () => {
  inventory = await inventoryUnderTest()
})
afterAll(() => inventory.stop())

/** Numbers below `limit`, the same for the same seed: mulberry32. */
function randomNumbers(seed: number) {
  let state = seed
  return (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

test.each([1, 2, 3])(
  'whatever happens in whatever order, some of it at once, the books balance (seed %i)',
  async (seed) => {
    const below = randomNumbers(seed)
    const variants: string[] = []
    for (let count = 0; count < 4; count += 1)
      variants.push(await inventory.stocks({ Main: below(30), Annex: below(30) }, { threshold: 5 }))
    const places = await inventory.sql<{ id: string }>('select id from stock_location order by name')
    const pick = <Item>(items: readonly Item[]) => items[below(items.length)]!
    const checkouts = numbered(80, () => ({
      id: randomUUID(),
      lines: variants.filter(() => below(2) === 0).map((id) => line(id, 1 + below(6))),
    })).filter(({ lines }) => lines.length > 0)
    let minutes = 0
    let round = 0
    // A few at a time, so that much happens to each.
    const pickCheckout = () => pick(checkouts.slice(round, round + 5))

    const mutation = (text: string) => inventory.ask(staff, `mutation { ${text} { userErrors { code } } }`)
    const operations: (() => () => Promise<unknown>)[] = [
      ...numbered(4, () => () => {
        const { id, lines } = pickCheckout()
        return () => inventory.reserve(id, lines, id)
      }),
      () => {
        const { id } = pickCheckout()
        return () => inventory.release(id)
      },
      ...(['placed', 'placed', 'cancelled'] as const).map((event) => () => {
        const { id, lines } = pickCheckout()
        return () => inventory[event](id, lines)
      }),
      () => {
        const { id, lines } = pickCheckout()
        const restocked = [line(pick(lines).variantId, 1 + below(3))]
        return () => inventory.refunded(below(4) === 0 ? null : id, restocked)
      },
      () => {
        const [variantId, locationId] = [
          toGlobalId('ProductVariant', pick(variants)),
          toGlobalId('StockLocation', pick(places).id),
        ]
        const delta = below(2) === 0 ? 1 + below(9) : -1 - below(9)
        return () =>
          mutation(
            `stockAdjust(variantId: "${variantId}", locationId: "${locationId}", delta: ${delta}, reason: ADJUSTMENT, idempotencyKey: "${randomUUID()}")`,
          )
      },
      () => {
        const [variantId, limit] = [toGlobalId('ProductVariant', pick(variants)), below(12)]
        return () => mutation(`stockBackorderLimitSet(variantId: "${variantId}", limit: ${limit})`)
      },
      () => {
        inventory.orders.running = new Set(checkouts.filter(() => below(2) === 0).map(({ id }) => id))
        minutes += 6
        const sweeper = inventory.sweeper(new Date(Date.now() + minutes * 60_000))
        return () => expireReservations(sweeper)
      },
    ]
    for (; round < 40; round += 1) {
      await Promise.all(numbered(1 + below(8), () => pick(operations)()()))
      await inventory.expectTheBooksToBalance()
    }
    const [happened] = await inventory.sql<Record<string, number>>(
      `select count(*) filter (where reason = 'SALE')::int sales, count(*) filter (where reason = 'CANCELLATION')::int cancellations
     from stock_movement join stock_level l on l.id = stock_level_id where variant_id = any($1)`,
      [variants],
    )
    expect(happened!['sales']).toBeGreaterThan(0)
    expect(happened!['cancellations']).toBeGreaterThan(0)
  },
)
