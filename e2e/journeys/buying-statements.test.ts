import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkoutInput, shopperAt } from '../src/shopper.ts'
import { type SmallShop, startSmallShop } from '../src/small-shop.ts'
import { settled } from '../src/standing.ts'
import { countStatements } from '../src/statements.ts'

const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'] as const
const sold = Object.fromEntries(names.map((name) => [name, { title: name, price: 1_250, stock: 1_000 }]))

let shop: SmallShop<string>
beforeAll(async () => {
  const settings = { shared_preload_libraries: 'pg_stat_statements' }
  shop = await startSmallShop(sold, { postgres: { ephemeral: true, settings } })
})
afterAll(() => shop[Symbol.asyncDispose]())

/** More than that is a statement that somebody added: say why. */
const limit = 40

test(
  'a purchase takes as many SQL statements for ten lines as for one, and few of them',
  { timeout: 120_000 },
  async () => {
    const shopper = shopperAt(shop.url)
    const statementsOf = async (lines: number, total: string) => {
      const { byDatabase } = await countStatements(shop.postgres.superuserUrl('postgres'), async () => {
        const cart = await shopper.openCart(...names.slice(0, lines).map((name) => [shop.goods[name]!, 1] as const))
        await shopper.quote(cart)
        const { order } = await shopper.complete(cart, checkoutInput(total))
        expect(order).toMatchObject({ status: 'CONFIRMED', total: { amount: total } })
        await settled(shop)
      })
      return byDatabase
    }
    /** The median of several purchases: sweeps and the queues' own transactions meet one or the other. */
    const usual = async (lines: number, total: string) => {
      const rounds: Record<string, number>[] = []
      for (let round = 0; round < 9; round += 1) rounds.push(await statementsOf(lines, total))
      return Object.fromEntries(
        Object.keys(rounds[0]!).map((database) => [
          database,
          rounds.map((counts) => counts[database] ?? 0).sort((a, b) => a - b)[4]!,
        ]),
      )
    }
    // Once, so that every connection that is needed is open.
    await usual(1, '17.45')
    const one = await usual(1, '17.45')
    const all = Object.values(one).reduce((sum, count) => sum + count, 0)
    console.log(`a purchase: ${all} SQL statements without those of the queues, ${JSON.stringify(one)}`)
    expect(await usual(10, '129.95')).toEqual(one)
    expect(all).toBeLessThanOrEqual(limit)
  },
)
