import { toGlobalId } from '@cartograph/global-ids'
import { demandHalfLives } from '@cartograph/recommender'
import { entitiesQuery, errorCodes, guest, type Page, type SubgraphUnderTest, uuidOf } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import {
  cornerShop,
  drinks,
  hotDrinks,
  kettle,
  kitchen,
  lamp,
  light,
  milk,
  order,
  product,
  spoon,
  sugar,
  tea,
  unsold,
} from './some-shop.ts'

let shop: SubgraphUnderTest

beforeAll(async () => {
  shop = await recommendationsUnderTest()
  await loadShop(shop, cornerShop)
})
afterAll(() => shop.stop())

type Recommendations = Page<
  { id: string },
  {
    readonly score: number
    readonly reason: { readonly code: string; readonly becauseOf: { readonly id: string } | null }
  }
>

const productId = (number: number) => toGlobalId('Product', uuidOf('product', number))
const asEntity = (number: number) => ({ __typename: 'Product', id: productId(number) })
const fields = `{
  edges { node { id } score reason { code becauseOf { id } } cursor }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
}`
/** What is recommended and how strongly, and why where it is not for the one reason of the list. */
const told = ({ edges }: Recommendations) => edges.map(({ node, score }) => [node.id, score])
const why = ({ edges }: Recommendations) => edges.map(({ reason }) => [reason.code, reason.becauseOf?.id ?? null])
const scored = (...pairs: [number, number][]) => scoredTo(12, pairs)
const scoredTo = (digits: number, pairs: [number, number][]) =>
  pairs.map(([number, score]) => [productId(number), expect.closeTo(score, digits) as number])

describe('Product.similar', () => {
  const similar = async (...numbers: number[]) => {
    const query = entitiesQuery(`... on Product { similar ${fields} }`)
    const { data } = await shop.ask<{
      _entities: { similar: Recommendations }[]
    }>(guest(), query, { of: numbers.map(asEntity) })
    return data._entities.map((entity) => entity.similar)
  }

  test('is the cosine over buyers, the best first', async () => {
    // Buyers: tea 1, 2 and 6; milk 1, 2 and 3; sugar 1, 3 and 6. Any two of the three share two of them.
    const [ofTea, ofSugar, ofKettle, ofUnsold] = await similar(tea, sugar, kettle, unsold)
    expect(told(ofTea!)).toEqual(scored([milk, 2 / 3], [sugar, 2 / 3]))
    expect(why(ofTea!)).toEqual([
      ['SIMILAR_ITEM', productId(tea)],
      ['SIMILAR_ITEM', productId(tea)],
    ])
    expect(told(ofSugar!)).toEqual(scored([tea, 2 / 3], [milk, 2 / 3]))
    // What nobody else buys with them is in the kitchen, with two others, or in the light, with one; of 7 products. Weights
    // are whole millionths.
    const [kitchenWeight, lightWeight, ownWord] = [Math.log(1 + 7 / 3), Math.log(1 + 7 / 2), Math.log(1 + 7)]
    const inKitchen = kitchenWeight / (kitchenWeight + ownWord)
    expect(told(ofKettle!)).toEqual(
      scoredTo(6, [
        [spoon, inKitchen],
        [lamp, inKitchen],
      ]),
    )
    expect(told(ofUnsold!)).toEqual(scoredTo(6, [[lamp, lightWeight / (lightWeight + ownWord)]]))
    expect(why(ofUnsold!)).toEqual([['SIMILAR_ITEM', productId(unsold)]])
    const [ofNothing] = await similar(404)
    expect(ofNothing).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })

  test('says whether there is more', async () => {
    const query = entitiesQuery(
      `... on Product {
        one: similar(first: 1) { edges { node { id } } pageInfo { hasNextPage } }
        two: similar(first: 2) { pageInfo { hasNextPage } }
      }`,
    )
    expect((await shop.ask(guest(), query, { of: [asEntity(tea)] })).data).toEqual({
      _entities: [
        {
          one: { edges: [{ node: { id: productId(milk) } }], pageInfo: { hasNextPage: true } },
          two: { pageInfo: { hasNextPage: false } },
        },
      ],
    })
  })

  test.each([0, -1, 101])('refuses a first of %i', async (first) => {
    const query = entitiesQuery(
      `... on Product {
        similar(first: ${first}) { edges { score } }
        boughtTogether(first: ${first}) { edges { score } }
      }`,
    )
    const answer = await shop.ask(guest(), query, { of: [asEntity(tea)] })
    expect(errorCodes(answer)).toEqual(['INVALID_PAGE', 'INVALID_PAGE'])
  })
})

test('Product.boughtTogether is the cosine over orders', async () => {
  // Orders: tea 5, milk 4, sugar 3, kettle 2. Together: tea+milk 3, tea+sugar 2, tea+kettle 2, milk+sugar 2.
  const query = entitiesQuery(`... on Product { boughtTogether ${fields} }`)
  const { data } = await shop.ask<{ _entities: { boughtTogether: Recommendations }[] }>(guest(), query, {
    of: [tea, milk, spoon].map(asEntity),
  })
  const [ofTea, ofMilk, ofSpoon] = data._entities.map(({ boughtTogether }) => boughtTogether)
  expect(told(ofTea!)).toEqual(
    scored([milk, 3 / Math.sqrt(20)], [kettle, 2 / Math.sqrt(10)], [sugar, 2 / Math.sqrt(15)]),
  )
  expect(why(ofTea!)).toEqual(Array.from({ length: 3 }, () => ['BOUGHT_TOGETHER', productId(tea)]))
  expect(told(ofMilk!)).toEqual(scored([tea, 3 / Math.sqrt(20)], [sugar, 2 / Math.sqrt(12)]))
  expect(told(ofSpoon!)).toEqual([])
})

describe('Cart.suggestions', () => {
  const cart = (number: number, variants: number[]) => ({
    __typename: 'Cart',
    id: `cart_${number}`,
    lines: variants.map((variant) => ({ variant: { id: toGlobalId('ProductVariant', uuidOf('variant', variant)) } })),
  })
  const suggestions = async (...carts: number[][]) => {
    const query = entitiesQuery(`... on Cart { suggestions ${fields} }`)
    const { data } = await shop.ask<{ _entities: { suggestions: Recommendations }[] }>(guest(), query, {
      of: carts.map((variants, index) => cart(index, variants)),
    })
    return data._entities.map((entity) => entity.suggestions)
  }

  test('sums what goes with the contents, without the contents', async () => {
    const [both, other] = await suggestions([tea, milk], [sugar])
    expect(told(both!)).toEqual(scored([sugar, 2 / Math.sqrt(15) + 2 / Math.sqrt(12)], [kettle, 2 / Math.sqrt(10)]))
    expect(why(both!)).toEqual([
      ['BOUGHT_TOGETHER', productId(milk)],
      ['BOUGHT_TOGETHER', productId(tea)],
    ])
    expect(told(other!)).toEqual(scored([milk, 2 / Math.sqrt(12)], [tea, 2 / Math.sqrt(15)]))
  })

  test('takes two variants of a product for one, and a variant it does not know for none', async () => {
    const [once, twice, unknown, empty] = await suggestions([sugar], [sugar, sugar + 1000, 999], [999], [])
    expect(told(twice!)).toEqual(told(once!))
    expect(told(unknown!)).toEqual([])
    expect(told(empty!)).toEqual([])
  })

  test('refuses a page of none, also for an empty cart', async () => {
    const answer = await shop.ask(guest(), entitiesQuery('... on Cart { suggestions(first: 0) { edges { score } } }'), {
      of: [cart(1, []), cart(2, [tea])],
    })
    expect(errorCodes(answer)).toEqual(['INVALID_PAGE', 'INVALID_PAGE'])
  })
})

const trendingQuery = `query ($first: Int! = 10, $after: String, $categoryId: ID) {
  trending(first: $first, after: $after, categoryId: $categoryId) ${fields}
}`
const trending = async (variables: object = {}) =>
  (await shop.ask<{ trending: Recommendations }>(guest(), trendingQuery, variables)).data.trending
const inCategory = async (number: number) =>
  toldOfDay(120, await trending({ categoryId: toGlobalId('Category', uuidOf('category', number)) }))

/** Scores as they were on a day since the beginning of 2026: all of a list shrink by one factor as time goes. */
function toldOfDay(day: number, list: Recommendations) {
  const daysSince = Date.now() / 86_400_000 - (Date.UTC(2026, 0, 1) / 86_400_000 + day)
  return told(list).map(([id, score]) => [id, (score as number) * 2 ** (daysSince / demandHalfLives.recent)])
}
/** To four digits: a minute, far more than a question takes, is less than a ten-thousandth of a half-life. */
const inDemand = (...pairs: [number, number][]) => scoredTo(4, pairs)
const halvedFor = (...days: number[]) => days.reduce((sum, of) => sum + 2 ** (-of / demandHalfLives.recent), 0)
// Of orders on days 0, 30, 60, 90 and twice 120, counted on day 120.
const [sugarDemand, teaDemand, milkDemand] = [
  halvedFor(120, 0, 0),
  halvedFor(120, 90, 60, 30, 0),
  halvedFor(120, 90, 60, 0),
]
const [kettleDemand, spoonDemand] = [halvedFor(60, 30), halvedFor(30)]

describe('Query.trending', () => {
  test('counts orders that were not called off, each for half as much every half-life', async () => {
    const all = await trending()
    expect(toldOfDay(120, all)).toEqual(
      inDemand(
        [sugar, sugarDemand],
        [tea, teaDemand],
        [milk, milkDemand],
        [lamp, 1],
        [kettle, kettleDemand],
        [spoon, spoonDemand],
      ),
    )
    expect(why(all)).toEqual(Array.from({ length: 6 }, () => ['TRENDING', null]))
  })

  test('counts them until now', async () => {
    const other = await recommendationsUnderTest()
    try {
      const ago = (halfLives: number) =>
        new Date(Date.now() - halfLives * demandHalfLives.recent * 86_400_000).toISOString()
      await loadShop(other, [
        product(tea),
        product(milk),
        order(1, 1, 0, [tea], { placedAt: ago(0) }),
        order(2, 1, 0, [tea], { placedAt: ago(1) }),
        order(3, 1, 0, [milk], { placedAt: ago(2) }),
        order(4, 1, 0, [milk], { placedAt: '1971-01-01T00:00:00.000Z' }),
      ])
      const { data } = await other.ask<{ trending: Recommendations }>(guest(), trendingQuery)
      // A minute is less than 0.0001 of a half-life: far more than this takes.
      expect(told(data.trending)).toEqual([
        [productId(tea), expect.closeTo(1.5, 3)],
        [productId(milk), expect.closeTo(0.25, 3)],
      ])
    } finally {
      await other.stop()
    }
  })

  test('of a category and those below it', async () => {
    expect(await inCategory(drinks)).toEqual(inDemand([tea, teaDemand], [milk, milkDemand]))
    expect(await inCategory(hotDrinks)).toEqual(inDemand([tea, teaDemand]))
    expect(await inCategory(kitchen)).toEqual(inDemand([lamp, 1], [kettle, kettleDemand], [spoon, spoonDemand]))
    expect(await inCategory(light)).toEqual(inDemand([lamp, 1]))
    expect(await inCategory(404)).toEqual([])
  })

  test('refuses an id that is no category', async () => {
    const answer = await shop.ask(guest(), trendingQuery, { categoryId: productId(tea) })
    expect(errorCodes(answer)).toEqual(['INVALID_ID'])
  })

  test.each([0, 101])('refuses a first of %i', async (first) => {
    const answer = await shop.ask(guest(), trendingQuery, { first })
    expect(errorCodes(answer)).toEqual(['INVALID_PAGE'])
  })
})
