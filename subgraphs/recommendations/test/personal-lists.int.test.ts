import { randomUUID } from 'node:crypto'
import type { OrderRecord } from '@cartograph/contracts'
import { toGlobalId } from '@cartograph/global-ids'
import { eventually, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fitModelOnce } from '../src/model/fit-model-once.ts'
import { personalLists, type Placement, placements, productsOf, reasonsOf } from './ask-lists.ts'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { cornerShop, jumbleSale, kettle, lamp, milk, order, product, spoon, sugar, tea, unsold } from './some-shop.ts'
import { cancelled, erased, placed, tell } from './tell-events.ts'

let shop: SubgraphUnderTest
beforeEach(async () => {
  shop = await recommendationsUnderTest()
})
afterEach(() => shop.stop())

const newcomer = 404
const ofPlacement = { HOME: [], PRODUCT: [], CART: [], EMAIL: [] }
const shopPlacements = ['HOME', 'PRODUCT', 'CART'] as const
const lastOrderAt = new Date(Date.UTC(2026, 0, 121))
/** On the day of the last orders: sugar twice; tea, milk, each once and before that; lamp once; kettle 30 days ago and before; spoon. */
const byDemand = [sugar, tea, milk, lamp, kettle, spoon]

async function record(number: number, type: 'VIEW' | 'ADD_TO_CART' | 'DISMISS', productNumber: number): Promise<void> {
  const mutation = 'mutation ($events: [InteractionInput!]!) { interactionRecord(events: $events) { accepted } }'
  const productId = toGlobalId('Product', uuidOf('product', productNumber))
  const at = new Date(Date.now() - 1_000).toISOString()
  const events = [{ eventId: randomUUID(), productId, type, at }]
  expect((await shop.ask(user(uuidOf('user', number)), mutation, { events })).data).toEqual({
    interactionRecord: { accepted: 1 },
  })
}

/** The products of each placement, and of what is bought again. */
async function listsOf(number: number) {
  const { recommended, buyAgain } = personalLists(shop, number)
  const lists: Record<Placement, number[]> = { ...ofPlacement }
  for (const placement of placements) lists[placement] = productsOf(await recommended(placement))
  return { ...lists, again: productsOf(await buyAgain()) }
}

const ascending = (numbers: Iterable<number>) => [...numbers].toSorted((one, other) => one - other)

describe('of the corner shop', () => {
  beforeEach(() => loadShop(shop, cornerShop))

  test('a new user has what is trending, in the order of demand, and nothing to buy again', async () => {
    const { recommended, buyAgain } = personalLists(shop, newcomer)
    for (const placement of placements) {
      const list = await recommended(placement)
      expect(productsOf(list)).toEqual(byDemand)
      expect(reasonsOf(list)).toEqual(byDemand.map(() => ['TRENDING', null]))
    }
    expect((await buyAgain()).edges).toEqual([])
    const stored = await shop.sql<{ number: number }>(
      'select right(product_id::text, 12)::int as number from product_demand order by recent desc, product_id',
    )
    expect(stored.map(({ number }) => number)).toEqual(byDemand)
  })

  test('what goes with a product that a new user looks at comes before what does not', async () => {
    await record(newcomer, 'VIEW', kettle)
    const { recommended } = personalLists(shop, newcomer)
    // The one buyer of the kettle bought tea, milk and a spoon beside it.
    const because = new Map<number, [string, number]>(
      [tea, milk, spoon].map((number) => [number, ['BECAUSE_YOU_VIEWED', kettle]]),
    )
    for (const placement of placements) {
      const list = await recommended(placement)
      expect(ascending(productsOf(list))).toEqual(ascending(byDemand))
      expect(reasonsOf(list)).toEqual(productsOf(list).map((number) => because.get(number) ?? ['TRENDING', null]))
      expect(productsOf(list).filter((number) => !because.has(number))).toEqual([sugar, lamp, kettle])
      expect(productsOf(list).filter((number) => number === spoon || number === kettle)).toEqual([spoon, kettle])
    }
    // Below a product it counts for most: also before the sugar, which sells best.
    expect(productsOf(await recommended('PRODUCT')).slice(0, 3)).toEqual([tea, milk, sugar])
    expect(productsOf(await recommended('HOME'))[0]).toBe(sugar)
  })

  test('who bought has what goes with it and was never bought; mails hold both', async () => {
    const { recommended, buyAgain } = personalLists(shop, 2)
    for (const placement of shopPlacements) {
      // Of tea, milk, kettle and spoon the first two go with sugar; nobody who bought any of them bought a lamp.
      const list = await recommended(placement)
      expect(productsOf(list)).toEqual([sugar, lamp])
      const [[first, becauseOf], second] = reasonsOf(list) as [[string, number], [string, null]]
      expect([first, second]).toEqual(['BECAUSE_YOU_BOUGHT', ['TRENDING', null]])
      expect([tea, milk]).toContain(becauseOf)
    }
    const mail = await recommended('EMAIL')
    expect(ascending(productsOf(mail))).toEqual(ascending(byDemand))
    const again: number[] = [tea, milk, kettle, spoon]
    expect(reasonsOf(mail).map(([code]) => code)).toEqual(
      productsOf(mail).map((number) =>
        again.includes(number) ? 'BUY_AGAIN' : number === sugar ? 'BECAUSE_YOU_BOUGHT' : 'TRENDING',
      ),
    )
    const bought = await buyAgain()
    expect(ascending(productsOf(bought))).toEqual(again)
    expect(reasonsOf(bought)).toEqual(again.map(() => ['BUY_AGAIN', null]))
    expect(productsOf(bought)).toEqual(productsOf(mail).filter((number) => again.includes(number)))
  })

  test('where nothing goes with what was bought, what sells more than it used to comes first', async () => {
    // Nobody else bought a lamp. Demand plus 0.1 by orders plus 5: sugar 2.1/8, tea 1.24/10, milk 1.12/9, spoon 0.23/6,
    // kettle 0.24/7.
    const list = await personalLists(shop, 4).recommended('HOME')
    expect(productsOf(list)).toEqual([sugar, tea, milk, spoon, kettle])
    expect(reasonsOf(list)).toEqual(Array.from({ length: 5 }, () => ['TRENDING', null]))
  })

  test('an order that was called off before it was learned is none', async () => {
    expect(await listsOf(5)).toEqual(await listsOf(newcomer))
  })

  test('what is dismissed is in none, until it is bought after that', async () => {
    await record(newcomer, 'DISMISS', sugar)
    const without = byDemand.filter((number) => number !== sugar)
    const all = { HOME: without, PRODUCT: without, CART: without, EMAIL: without }
    expect(await listsOf(newcomer)).toEqual({ ...all, again: [] })
    await tell(shop, placed(60, newcomer, [sugar], lastOrderAt))
    // An order of before the dismissal, which was told late.
    const late = await listsOf(newcomer)
    for (const list of Object.values(late)) expect(list).not.toContain(sugar)
    await tell(shop, placed(61, newcomer, [sugar], new Date()))
    const { EMAIL: mail, again, ...others } = await listsOf(newcomer)
    expect(again).toEqual([sugar])
    expect(ascending(mail)).toEqual(ascending(byDemand))
    for (const list of Object.values(others)) expect(ascending(list)).toEqual(ascending(without))
  })

  test('what was put into a cart is for a week in mails alone', async () => {
    await record(newcomer, 'ADD_TO_CART', sugar)
    const inLists = async () =>
      Object.entries(await listsOf(newcomer)).flatMap(([name, of]) => (of.includes(sugar) ? [name] : []))
    expect(await inLists()).toEqual(['EMAIL'])
    await shop.sql(`update interaction set at = now() - interval '7 days' + interval '1 minute'`)
    expect(await inLists()).toEqual(['EMAIL'])
    await shop.sql(`update interaction set at = now() - interval '7 days' - interval '1 second'`)
    expect(await inLists()).toEqual([...placements])
    // By a clock that is ahead.
    await shop.sql(`update interaction set at = now() + interval '1 minute'`)
    expect(await inLists()).toEqual(['EMAIL'])
  })

  test('an order changes the very next answer, and one that is called off is out of it with the next', async () => {
    const { recommended, buyAgain } = personalLists(shop, newcomer)
    const before = await recommended('HOME')
    await tell(shop, placed(60, newcomer, [tea], lastOrderAt))
    const after = await recommended('HOME')
    expect(ascending(productsOf(after))).toEqual(ascending(byDemand.filter((number) => number !== tea)))
    // Users 1, 2 and 6 bought tea with everything but the lamp.
    expect(new Map(productsOf(after).map((number, place) => [number, reasonsOf(after)[place]]))).toEqual(
      new Map(
        [milk, sugar, kettle, spoon, lamp].map((number) => [
          number,
          number === lamp ? ['TRENDING', null] : ['BECAUSE_YOU_BOUGHT', tea],
        ]),
      ),
    )
    expect(productsOf(await buyAgain())).toEqual([tea])
    await tell(shop, cancelled(60, [tea]))
    const again = await recommended('HOME')
    expect(ascending(productsOf(again))).toEqual(ascending(byDemand))
    expect(reasonsOf(again)).toEqual(byDemand.map(() => ['TRENDING', null]))
    expect((await buyAgain()).edges).toEqual([])
    // Demand may be half a second old.
    await eventually(async () => expect(await recommended('HOME')).toEqual(before))
  })

  test('demand that begins and ends with one order is followed, and so is the time of the last one', async () => {
    const { recommended } = personalLists(shop, newcomer)
    const before = await recommended('HOME')
    await tell(shop, placed(60, 50, [unsold], new Date()))
    await eventually(async () => expect(productsOf(await recommended('HOME'))).toEqual([unsold, ...byDemand]))
    await tell(shop, cancelled(60, [unsold]))
    await eventually(async () => expect(await recommended('HOME')).toEqual(before))
    // As many products have demand as before, and other ones.
    await tell(shop, placed(61, 50, [unsold], lastOrderAt))
    await tell(shop, cancelled(6, [lamp]))
    await eventually(async () => expect(ascending(productsOf(await recommended('HOME')))).not.toContain(lamp))
    expect(productsOf(await recommended('HOME'))).toContain(unsold)
  })

  test('a user whose account is erased has the lists of a new one', async () => {
    await record(1, 'DISMISS', lamp)
    expect((await listsOf(1)).again).not.toEqual([])
    await tell(shop, erased(1))
    expect(await listsOf(1)).toEqual(await listsOf(newcomer))
    const leftOf = (table: string) => shop.sql(`select from ${table} where user_id = '${uuidOf('user', 1)}'`)
    expect([...(await leftOf('purchase')), ...(await leftOf('interaction'))]).toEqual([])
  })

  test('purchases of what the model does not know are no reason, and break nothing', async () => {
    await tell(shop, placed(60, newcomer, [777, 778], new Date()))
    expect(await listsOf(newcomer)).toEqual({
      ...Object.fromEntries(placements.map((placement) => [placement, byDemand])),
      again: [],
    })
  })

  test('of thousands of orders the oldest still keeps what was bought out of the lists', async () => {
    const buyer = uuidOf('user', 80)
    const purchases = (products: string, count: number, from: string) =>
      shop.sql(`insert into purchase (order_id, product_id, user_id, quantity, at)
        select gen_random_uuid(), '${products}', '${buyer}', 1, timestamptz '${from}' + n * interval '1 minute'
        from generate_series(1, ${count}) as n`)
    await purchases(uuidOf('product', sugar), 2, '2020-01-01')
    await purchases(uuidOf('product', tea), 3_500, '2021-01-01')
    const { again, EMAIL: mail, ...others } = await listsOf(80)
    expect(again).toEqual([tea, sugar])
    expect(ascending(mail)).toEqual(ascending(byDemand))
    for (const list of Object.values(others)) expect(ascending(list)).toEqual([milk, kettle, spoon, lamp])
  })

  test('of thousands of interactions the oldest dismissal still counts, and each line of a cart', async () => {
    await record(newcomer, 'DISMISS', sugar)
    await record(newcomer, 'ADD_TO_CART', milk)
    await shop.sql(`insert into interaction (user_id, event_id, product_id, type, at)
      select '${uuidOf('user', newcomer)}', 'e' || n, '${uuidOf('product', tea)}', 'ADD_TO_CART', now() from generate_series(1, 1000) as n`)
    const { EMAIL: mail, again, ...others } = await listsOf(newcomer)
    expect(again).toEqual([])
    expect(mail).not.toContain(sugar)
    for (const list of Object.values(others)) expect(ascending(list)).toEqual([kettle, spoon, lamp])
  })
})

test('of everything there is at most a page, and the rest is behind it', async () => {
  const products = Array.from({ length: 150 }, (_, index) => index + 1)
  await loadShop(shop, [...products.map((number) => product(number)), order(1, 1, 0, products)])
  const { recommended } = personalLists(shop, newcomer)
  const first = await recommended('HOME')
  expect([first.edges.length, first.pageInfo.hasNextPage]).toEqual([100, true])
  const rest = await recommended('HOME', { after: first.pageInfo.endCursor })
  expect([rest.edges.length, rest.pageInfo.hasNextPage]).toEqual([50, false])
  // All at once: of equal demand the lower id.
  expect([...productsOf(first), ...productsOf(rest)]).toEqual(products)
  expect((await recommended('HOME', { after: rest.pageInfo.endCursor })).edges).toEqual([])
  // More are sold out than a ranking has to spare.
  await shop.sql('update product set active = false where id <= $1', [uuidOf('product', 90)])
  expect(productsOf(await recommended('HOME', { first: 10 }))).toEqual(products.slice(90, 100))
})

test('what is bought most regularly comes first among what is bought again', async () => {
  // Each of 30 users buys one of three staples in each of eight orders, ten days apart, and beside it each time something else.
  const users = Array.from({ length: 30 }, (_, index) => index + 1)
  const staple = (number: number) => (number % 3) + 1
  const other = (number: number, turn: number) => 4 + ((number * 7 + turn * 5) % 40)
  await loadShop(shop, [
    ...Array.from({ length: 43 }, (_, index) => product(index + 1)),
    ...users.flatMap((number) =>
      Array.from({ length: 8 }, (_, turn) =>
        order(number * 100 + turn, number, turn * 10, [staple(number), other(number, turn)]),
      ),
    ),
  ])
  for (const number of users) {
    const again = productsOf(await personalLists(shop, number).buyAgain())
    const bought = new Set([staple(number), ...Array.from({ length: 8 }, (_, turn) => other(number, turn))])
    expect(again[0]).toBe(staple(number))
    expect(ascending(again)).toEqual(ascending(bought))
  }
})

test('of the jumble sale nobody is recommended what they bought, and all else that anybody did', async () => {
  const records = jumbleSale()
  await loadShop(shop, records)
  const orders = records.filter((one): one is OrderRecord => one.kind === 'order')
  const numberOf = (id: string) => Number(id.slice(-12))
  const sold = new Set(orders.flatMap(({ lines }) => lines.map(({ productId }) => numberOf(productId))))
  for (let number = 1; number <= 20; number += 1) {
    const own = orders.filter(({ customerId }) => customerId === uuidOf('user', number))
    const bought = new Set(own.flatMap(({ lines }) => lines.map(({ productId }) => numberOf(productId))))
    const neverBought = ascending(sold).filter((of) => !bought.has(of))
    const { EMAIL: mail, again, ...others } = await listsOf(number)
    expect(ascending(mail)).toEqual(ascending(sold))
    expect(ascending(again)).toEqual(ascending(bought))
    for (const list of Object.values(others)) expect(ascending(list)).toEqual(neverBought)
  }
})

describe('while there is no model', () => {
  beforeEach(async () => {
    await loadShop(shop, cornerShop)
    await shop.sql('delete from model_in_use')
  })

  test('whoever bought has what is trending and they did not buy, and nothing to buy again', async () => {
    const { recommended, buyAgain } = personalLists(shop, 2)
    for (const placement of placements) {
      const list = await recommended(placement)
      expect(productsOf(list)).toEqual([sugar, lamp])
      expect(reasonsOf(list)).toEqual([
        ['TRENDING', null],
        ['TRENDING', null],
      ])
    }
    expect((await buyAgain()).edges).toEqual([])
  })

  test('scores are those of demand: they fall along a list', async () => {
    const scores = (await personalLists(shop, newcomer).recommended('HOME')).edges.map(({ score }) => score)
    expect(scores).toHaveLength(byDemand.length)
    expect(scores).toEqual(scores.toSorted((one, other) => other - one))
    // Sugar twice on day 120 and once on day 0, the lamp once on day 120.
    expect(scores[0]! / scores[3]!).toBeCloseTo(2 + 2 ** -12, 9)
  })

  test('what was dismissed is in no list, and what is in a cart in mails alone', async () => {
    await record(newcomer, 'DISMISS', sugar)
    await record(newcomer, 'ADD_TO_CART', tea)
    const mail = byDemand.filter((number) => number !== sugar)
    const list = mail.filter((number) => number !== tea)
    expect(await listsOf(newcomer)).toEqual({ HOME: list, PRODUCT: list, CART: list, EMAIL: mail, again: [] })
  })
})

test('a shop that has only been told of orders has what is trending', async () => {
  await shop.sql(`insert into product (id, category_ids) select id, '{}' from unnest($1::uuid[]) as id`, [
    [tea, milk].map((number) => uuidOf('product', number)),
  ])
  await shop.sql(`insert into variant (id, product_id) select id, id from product`)
  await tell(shop, placed(1, 1, [tea], new Date()), placed(2, 2, [milk], lastOrderAt))
  expect(await listsOf(1)).toEqual({ HOME: [milk], PRODUCT: [milk], CART: [milk], EMAIL: [milk], again: [] })
  expect((await listsOf(newcomer)).HOME).toEqual([tea, milk])
})

describe.each([2011, 1971])('orders of %i and one of today', (year) => {
  const asOf = (one: (typeof cornerShop)[number]) =>
    one.kind === 'order' ? { ...one, placedAt: one.placedAt.replace('2026', String(year)) } : one

  test('give lists as long as ever, with finite scores, before the next fit and after it', async () => {
    await loadShop(shop, cornerShop.map(asOf))
    const scoresOf = async (number: number) => {
      const { recommended, buyAgain } = personalLists(shop, number)
      const lists = [...(await Promise.all(placements.map((placement) => recommended(placement)))), await buyAgain()]
      return lists.map(({ edges }) => edges.map(({ score }) => score))
    }
    const all = async () => [await scoresOf(1), await scoresOf(2), await scoresOf(newcomer)]
    const lengths = (await all()).map((lists) => lists.map((scores) => scores.length))
    expect(lengths).toEqual([
      [3, 3, 3, 6, 3],
      [2, 2, 2, 6, 4],
      [6, 6, 6, 6, 0],
    ])
    await record(1, 'VIEW', spoon)
    await tell(shop, placed(60, 2, [spoon], new Date()))
    const expectSound = async () => {
      const scores = await all()
      expect(scores.map((lists) => lists.map((of) => of.length))).toEqual(lengths)
      for (const score of scores.flat(2)) expect(Number.isFinite(score)).toBe(true)
    }
    await expectSound()
    await eventually(async () => expect((await listsOf(newcomer)).HOME[0]).toBe(spoon))
    await expectSound()
    const connection = new pg.Client({ connectionString: shop.database.connectionString })
    await connection.connect()
    try {
      expect(await fitModelOnce(connection)).toBe(2)
    } finally {
      await connection.end()
    }
    await expectSound()
    expect((await listsOf(newcomer)).HOME[0]).toBe(spoon)
  })
})
