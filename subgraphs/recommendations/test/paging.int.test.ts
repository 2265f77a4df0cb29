import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import {
  errorCodes,
  guest,
  type Page,
  readAll,
  type SubgraphAnswer,
  type SubgraphUnderTest,
  uuidOf,
} from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personalLists, type Placement } from './ask-lists.ts'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { jumbleSale } from './some-shop.ts'

const newcomer = 999
let shop: SubgraphUnderTest

beforeAll(async () => {
  shop = await recommendationsUnderTest()
  await loadShop(shop, jumbleSale())
})
afterAll(() => shop.stop())

type List = Page<{ id: string }, { readonly score: number; readonly reason: { readonly code: string } }>

const fields = `{
  edges { node { id } cursor score reason { code } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
}`
const trendingQuery = `query ($first: Int! = 10, $after: String, $categoryId: ID) {
  trending(first: $first, after: $after, categoryId: $categoryId) ${fields}
}`
/** Without the scores, which shrink by one factor as time goes. */
const told = (edges: List['edges']) => edges.map(({ score: _score, ...edge }) => edge)

const categoryId = (number: number) => toGlobalId('Category', uuidOf('category', number))
const ask = {
  trending: (page: object) => shop.ask<{ trending: List }>(guest(), trendingQuery, page),
  ofCategory: (number: number) => (page: object) =>
    shop.ask<{ trending: List }>(guest(), trendingQuery, { ...page, categoryId: categoryId(number) }),
  ofUser: (number: number, placement: Placement) => (page: object) =>
    personalLists(shop, number).askFor(placement, page),
  buyAgain: (number: number) => (page: object) => personalLists(shop, number).askAgain(page),
}
const trending = async (page: object) => (await ask.trending(page)).data.trending
const ofCategory = (number: number) => async (page: object) => (await ask.ofCategory(number)(page)).data.trending
const ofUser = (number: number, placement: Placement) => (page: object) =>
  personalLists(shop, number).recommended(placement, page)
const buyAgain = (number: number) => (page: object) => personalLists(shop, number).buyAgain(page)

describe.each([
  ['what is trending', trending, ['TRENDING'], 30],
  ['what is trending in a category', ofCategory(2), ['TRENDING'], 10],
  ['recommendations from purchases', ofUser(1, 'HOME'), ['BECAUSE_YOU_BOUGHT'], 10],
  ['the next basket', ofUser(1, 'EMAIL'), ['BECAUSE_YOU_BOUGHT', 'BUY_AGAIN'], 10],
  ['what is bought again', buyAgain(1), ['BUY_AGAIN'], 7],
  ['recommendations for a newcomer', ofUser(newcomer, 'HOME'), ['TRENDING'], 30],
])('%s', (_name, list, codes, atLeast) => {
  test.each([1, 3, 7])('shows each once, the best first, by %i', async (first) => {
    const whole = await list({ first: 100 })
    expect(whole.edges.length).toBeGreaterThan(atLeast)
    expect(new Set(whole.edges.map(({ node }) => node.id)).size).toBe(whole.edges.length)
    expect(whole.edges.map(({ score }) => score)).toEqual(
      whole.edges.map(({ score }) => score).toSorted((one, other) => other - one),
    )
    expect([...new Set(whole.edges.map(({ reason }) => reason.code))].toSorted()).toEqual(codes)

    expect(told(await readAll(list, 'forward', first))).toEqual(told(whole.edges))
  })

  test('has nothing after its end', async () => {
    const { endCursor } = (await list({ first: 100 })).pageInfo
    expect((await list({ after: endCursor })).edges).toEqual([])
  })
})

test('a cursor of another list is refused, and a damaged one', async () => {
  const cursorOf = async (list: (page: object) => Promise<List>) => (await list({ first: 2 })).pageInfo.endCursor
  const cursors = {
    all: await cursorOf(trending),
    one: await cursorOf(ofCategory(1)),
    two: await cursorOf(ofCategory(2)),
    first: await cursorOf(ofUser(1, 'HOME')),
    mail: await cursorOf(ofUser(1, 'EMAIL')),
    again: await cursorOf(buyAgain(1)),
    newcomer: await cursorOf(ofUser(newcomer, 'HOME')),
  }
  const refused = async (asked: Promise<SubgraphAnswer<unknown>>) =>
    expect(errorCodes(await asked)).toEqual(['INVALID_CURSOR'])
  const { all, one, two, first, mail, again, newcomer: others } = cursors
  for (const after of [one, two, first, others, again, 'nonsense', '']) await refused(ask.trending({ after }))
  for (const after of [all, two, first]) await refused(ask.ofCategory(1)({ after }))
  for (const after of [all, one, others, mail, again, 'nonsense']) await refused(ask.ofUser(1, 'HOME')({ after }))
  for (const placement of ['PRODUCT', 'CART', 'EMAIL'] as const) {
    await refused(ask.ofUser(1, placement)({ after: first }))
  }
  for (const after of [first, mail, await cursorOf(buyAgain(2)), 'nonsense']) {
    await refused(ask.buyAgain(1)({ after }))
  }
})

test.each([0, -1, 101])('a first of %i is refused', async (first) => {
  for (const asked of [ask.ofUser(1, 'HOME')({ first }), ask.buyAgain(1)({ first })]) {
    expect(errorCodes(await asked)).toEqual(['INVALID_PAGE'])
  }
})

test('a forged cursor of a rank below the first begins the list, and one far beyond the last ends it', async () => {
  for (const list of [ofUser(1, 'HOME'), ofUser(1, 'EMAIL'), buyAgain(1)]) {
    const { edges } = await list({ first: 2 })
    const forged = (rank: number) => {
      const parts = JSON.parse(Buffer.from(edges[0]!.cursor, 'base64url').toString()) as unknown[]
      return Buffer.from(JSON.stringify([...parts.slice(0, -1), rank])).toString('base64url')
    }
    expect((await list({ first: 2, after: forged(-2_147_483_647) })).edges).toEqual(edges)
    expect((await list({ after: forged(2_147_483_647) })).edges).toEqual([])
  }
})

test('a list that began as what is trending goes on so, also when there is a model meanwhile', async () => {
  const other = await recommendationsUnderTest()
  try {
    await loadShop(other, jumbleSale())
    await other.sql('delete from model_in_use')
    const list = (page: object) => personalLists(other, 1).recommended('HOME', page)
    const begun = await list({ first: 2 })
    const whole = await list({})
    await other.sql('insert into model_in_use (version) values (1)')
    const next = await list({ first: 3, after: begun.pageInfo.endCursor })
    expect(told(next.edges)).toEqual(told(whole.edges.slice(2, 5)))
    expect((await list({ first: 1 })).edges[0]!.reason.code).toBe('BECAUSE_YOU_BOUGHT')
  } finally {
    await other.stop()
  }
})

test('a page goes on where the one before ended, also when something was sold out meanwhile', async () => {
  const whole = await ofUser(3, 'HOME')({})
  const begun = await ofUser(3, 'HOME')({ first: 2 })
  const gone = [1, 2].map((place) => fromGlobalId('Product', whole.edges[place]!.node.id))
  await shop.sql('update product set active = false where id = any($1::uuid[])', [gone])
  try {
    const next = await ofUser(3, 'HOME')({ first: 2, after: begun.pageInfo.endCursor })
    expect(told(next.edges)).toEqual(told(whole.edges.slice(3, 5)))
  } finally {
    await shop.sql('update product set active = true')
  }
})
