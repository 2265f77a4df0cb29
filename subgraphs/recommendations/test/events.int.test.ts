import { randomUUID } from 'node:crypto'
import { type Event, orderCancelled, orderPlaced, productChanged, stockRunningLow } from '@cartograph/contracts'
import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, guest, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { personalLists, type Placement, placements } from './ask-lists.ts'
import { loadShop, recommendationsUnderTest, storedButVersions } from './recommendations-under-test.ts'
import { cornerShop, drinks, hotDrinks, kettle, kitchen, lamp, milk, order, spoon, sugar, tea } from './some-shop.ts'

let shop: SubgraphUnderTest

beforeEach(async () => {
  shop = await recommendationsUnderTest()
  await loadShop(shop, cornerShop)
})
afterEach(() => shop.stop())

const envelopeOf = <Payload extends z.ZodType>(
  event: Event<Payload>,
  aggregateId: string,
  aggregateVersion: number,
  payload: z.input<Payload>,
  occurredAt = new Date(),
) => ({
  id: randomUUID(),
  name: event.name,
  aggregateId,
  aggregateVersion,
  occurredAt: occurredAt.toISOString(),
  payload,
})

const changed = (number: number, version: number, status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT', categories: number[] = []) =>
  envelopeOf(productChanged, uuidOf('product', number), version, {
    productId: uuidOf('product', number),
    status,
    title: `Product ${number}`,
    categoryIds: categories.map((category) => uuidOf('category', category)),
    variantIds: [uuidOf('variant', number), uuidOf('variant', number + 1000)],
  })
const runningLow = (variant: number, version: number, available: number, occurredAt?: Date) =>
  envelopeOf(
    stockRunningLow,
    uuidOf('variant', variant),
    version,
    { variantId: uuidOf('variant', variant), available, threshold: 5 },
    occurredAt,
  )
const linesOf = (products: number[]) =>
  products.map((number) => ({
    variantId: uuidOf('variant', number),
    productId: uuidOf('product', number),
    quantity: 2,
  }))
const placed = (number: number, buyer: number | null, products: number[]) =>
  envelopeOf(orderPlaced, uuidOf('order', number), 1, {
    orderId: uuidOf('order', number),
    checkoutId: randomUUID(),
    cartId: randomUUID(),
    customerId: buyer === null ? null : uuidOf('user', buyer),
    placedAt: '2026-05-01T00:00:00.000Z',
    lines: linesOf(products),
  })
const cancelled = (number: number, products: number[]) =>
  envelopeOf(orderCancelled, uuidOf('order', number), 2, {
    orderId: uuidOf('order', number),
    checkoutId: null,
    customerId: null,
    lines: linesOf(products),
  })
async function deliver(...events: object[]): Promise<void> {
  const outcomes = events.map(() => 'done')
  expect(await shop.post('/events', { events })).toEqual({ status: 200, content: { outcomes } })
}
/** What is stored but for the inbox. */
async function storedState() {
  const { inbox: _inbox, ...state } = await shop.stored()
  return state
}

interface Ids {
  edges: { node: { id: string } }[]
}
const productId = (number: number) => toGlobalId('Product', uuidOf('product', number))
const ids = ({ edges }: Ids) => edges.map(({ node }) => node.id)
const list = '{ edges { node { id } } }'

/** Every list there is of this shop: of tea, of a cart with milk, of three users and of all. */
async function everyList(): Promise<Record<string, string[]>> {
  const teaAndCart = entitiesQuery(
    `... on Product { similar ${list} boughtTogether ${list} } ... on Cart { suggestions ${list} }`,
  )
  const lines = [{ variant: { id: toGlobalId('ProductVariant', uuidOf('variant', milk)) } }]
  const { data } = await shop.ask<{
    _entities: [{ similar: Ids; boughtTogether: Ids }, { suggestions: Ids }]
  }>(guest(), teaAndCart, {
    of: [
      { __typename: 'Product', id: productId(tea) },
      { __typename: 'Cart', id: 'cart_1', lines },
    ],
  })
  const ofUser = async (number: number, placement: Placement) =>
    ids(await personalLists(shop, number).recommended(placement))
  const trending = await shop.ask<{ trending: Ids; inKitchen: Ids }>(
    guest(),
    `query ($kitchen: ID!) { trending ${list} inKitchen: trending(categoryId: $kitchen) ${list} }`,
    { kitchen: toGlobalId('Category', uuidOf('category', kitchen)) },
  )
  return {
    similar: ids(data._entities[0].similar),
    boughtTogether: ids(data._entities[0].boughtTogether),
    suggestions: ids(data._entities[1].suggestions),
    home: await ofUser(2, 'HOME'),
    belowProduct: await ofUser(2, 'PRODUCT'),
    besideCart: await ofUser(2, 'CART'),
    mail: await ofUser(3, 'EMAIL'),
    buyAgain: ids(await personalLists(shop, 3).buyAgain()),
    ofNewUser: await ofUser(404, 'HOME'),
    trending: ids(trending.data.trending),
    inKitchen: ids(trending.data.inKitchen),
  }
}
const without = (lists: Record<string, string[]>, number: number) =>
  Object.fromEntries(Object.entries(lists).map(([name, of]) => [name, of.filter((id) => id !== productId(number))]))

describe('product-changed', () => {
  test.for(['ARCHIVED', 'DRAFT'] as const)(
    'takes an %s product out of every list at once, and back',
    async (status) => {
      const before = await everyList()
      for (const [name, of] of Object.entries(before)) {
        if (name !== 'inKitchen') expect(of).toContain(productId(sugar))
      }
      await deliver(changed(sugar, 2, status))
      expect(await everyList()).toEqual(without(before, sugar))
      await deliver(changed(sugar, 3, 'ACTIVE'))
      expect(await everyList()).toEqual(before)
    },
  )

  test('leaves the length of a list as it was asked for', async () => {
    await deliver(changed(milk, 2, 'ARCHIVED'))
    const query = entitiesQuery(
      `... on Product { boughtTogether(first: 1) { edges { node { id } } pageInfo { hasNextPage } } }`,
    )
    const { data } = await shop.ask(guest(), query, { of: [{ __typename: 'Product', id: productId(tea) }] })
    expect(data).toEqual({
      _entities: [
        { boughtTogether: { edges: [{ node: { id: productId(kettle) } }], pageInfo: { hasNextPage: true } } },
      ],
    })
    const { recommended, buyAgain } = personalLists(shop, 2)
    for (const ask of [...placements.map((placement) => (page: object) => recommended(placement, page)), buyAgain]) {
      const before = await ask({})
      const [first, second] = ids(before)
      await shop.sql('update product set active = false where id = $1', [fromGlobalId('Product', first!)])
      expect(ids(await ask({ first: 1 }))).toEqual([second])
      await shop.sql('update product set active = true where id = $1', [fromGlobalId('Product', first!)])
    }
  })

  test('brings a new product, and moves one to another category', async () => {
    await deliver(changed(50, 1, 'ACTIVE', [hotDrinks]), changed(kettle, 5, 'ACTIVE', [drinks]))
    const { product, variant } = await shop.stored()
    expect(product).toContainEqual({
      id: uuidOf('product', 50),
      category_ids: [uuidOf('category', hotDrinks)],
      active: true,
      version: 1,
      title_words: ['product', '50'],
    })
    expect(variant?.filter((row) => row['product_id'] === uuidOf('product', 50))).toHaveLength(2)
    expect((await everyList())['inKitchen']).toEqual([lamp, spoon].map(productId))
    const before = await storedButVersions(shop)
    await loadShop(shop, cornerShop)
    expect(await storedButVersions(shop)).toEqual(before)
  })

  test('changes nothing when it comes late or again', async () => {
    const third = changed(tea, 3, 'ARCHIVED')
    await deliver(third)
    const before = await storedState()
    await deliver(changed(tea, 2, 'ACTIVE'), third, changed(tea, 3, 'ACTIVE'))
    expect(await storedState()).toEqual(before)
  })

  test('of twenty in any order at once leaves the latest', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        deliver(changed(tea, ((index * 7) % 20) + 1, index % 2 === 0 ? 'ACTIVE' : 'ARCHIVED', [index])),
      ),
    )
    // 20 = 17 * 7 % 20 + 1
    expect((await shop.stored())['product']).toContainEqual({
      id: uuidOf('product', tea),
      category_ids: [uuidOf('category', 17)],
      active: false,
      version: 20,
      title_words: ['product'],
    })
  })
})

describe('stock-running-low', () => {
  test('takes out a product of which no variant is left, and that alone', async () => {
    const before = await everyList()
    await deliver(runningLow(sugar, 1, 0), runningLow(sugar + 1000, 1, 3), runningLow(lamp, 1, 0))
    expect(await everyList()).toEqual(before)
    await deliver(runningLow(sugar + 1000, 2, 0))
    expect(await everyList()).toEqual(without(before, sugar))
    await deliver(runningLow(sugar, 2, 4))
    expect(await everyList()).toEqual(before)
  })

  test('counts for a day, as nobody tells what comes in again', async () => {
    const before = await everyList()
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)
    await deliver(runningLow(sugar, 1, 0, ago(23)), runningLow(sugar + 1000, 1, 0, ago(23)))
    expect((await everyList())['trending']).not.toContain(productId(sugar))
    await deliver(runningLow(sugar, 2, 0, ago(25)))
    expect(await everyList()).toEqual(before)
  })

  test('changes nothing when it comes late or again', async () => {
    const second = runningLow(tea, 2, 0)
    await deliver(second)
    const before = await storedState()
    await deliver(runningLow(tea, 1, 5), second, runningLow(tea, 2, 5))
    expect(await storedState()).toEqual(before)
  })
})

describe('order-placed and order-cancelled', () => {
  const purchasesOf = async (number: number) =>
    (await shop.stored())['purchase']!.filter((row) => row['order_id'] === uuidOf('order', number))

  test('what was bought is at once not recommended any more, and learned of once', async () => {
    const event = placed(20, 404, [sugar, sugar, tea])
    await deliver(event)
    expect(await purchasesOf(20)).toMatchObject([
      { product_id: uuidOf('product', tea), user_id: uuidOf('user', 404), quantity: 2 },
      { product_id: uuidOf('product', sugar), user_id: uuidOf('user', 404), quantity: 4, at: new Date('2026-05-01') },
    ])
    expect((await everyList())['ofNewUser']!.toSorted()).toEqual([milk, kettle, spoon, lamp].map(productId).toSorted())
    const before = await shop.stored()
    await deliver(event, event)
    await Promise.all(Array.from({ length: 5 }, () => deliver(event)))
    expect(await shop.stored()).toEqual(before)
  })

  test('a guest is a buyer of their own in each order', async () => {
    await deliver(placed(21, null, [spoon, kettle]), placed(22, null, [spoon, kettle]))
    expect(await purchasesOf(21)).toMatchObject([{ user_id: null }, { user_id: null }])
    await loadShop(shop, [])
    const similar = (await storedButVersions(shop)).neighbour.filter(
      (row) => row['nearness'] === 'SIMILAR_ITEM' && row['product_id'] === uuidOf('product', spoon),
    )
    // Spoon and kettle were bought by both guests and by user 2.
    expect(similar).toMatchObject([{ other_id: uuidOf('product', kettle), score: 1 }])
  })

  test('a cancelled order is forgotten, and stays so whatever is told or loaded of it later', async () => {
    const before = (await shop.stored())['purchase']
    await deliver(placed(23, 404, [tea]), cancelled(23, [tea]))
    expect((await shop.stored())['purchase']).toEqual(before)
    await deliver(cancelled(24, [tea]), placed(24, 404, [tea]))
    expect((await shop.stored())['purchase']).toEqual(before)
    await deliver(cancelled(8, [tea, sugar]))
    expect(await purchasesOf(8)).toEqual([])
    await loadShop(shop, [...cornerShop, order(23, 404, 0, [tea])])
    expect([...(await purchasesOf(8)), ...(await purchasesOf(23))]).toEqual([])
    const after = await storedState()
    await deliver(cancelled(8, [tea, sugar]))
    expect(await storedState()).toEqual(after)
  })

  test('placed and cancelled at once, it is forgotten', async () => {
    for (let number = 100; number < 125; number += 1) {
      const both = [placed(number, 404, [tea, milk]), cancelled(number, [tea, milk])]
      await Promise.all((number % 2 === 0 ? both : both.toReversed()).map((event) => deliver(event)))
      expect(await purchasesOf(number)).toEqual([])
    }
  })
})

test('an event that recommendations does not know, or cannot read, is rejected and changes nothing', async () => {
  const before = await shop.stored()
  const event = changed(tea, 9, 'ARCHIVED')
  expect(
    await shop.post('/events', {
      events: [
        { ...event, name: 'products.unheard-of.v1' },
        { ...event, payload: {} },
      ],
    }),
  ).toEqual({ status: 200, content: { outcomes: ['rejected', 'rejected'] } })
  expect(await shop.stored()).toEqual(before)
})
