import { toGlobalId } from '@cartograph/global-ids'
import {
  entitiesQuery,
  errorCodes,
  guest,
  type Page,
  readAll,
  type SubgraphAnswer,
  type SubgraphUnderTest,
  user,
  uuidOf,
} from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
const userQuery = entitiesQuery(
  `... on User { recommendations(first: $first, after: $after) ${fields} }`,
  '$first: Int! = 10, $after: String',
)

/** Without the scores, which shrink by one factor as time goes. */
const told = (edges: List['edges']) => edges.map(({ score: _score, ...edge }) => edge)

const categoryId = (number: number) => toGlobalId('Category', uuidOf('category', number))
const ask = {
  trending: (page: object) => shop.ask<{ trending: List }>(guest(), trendingQuery, page),
  ofCategory: (number: number) => (page: object) =>
    shop.ask<{ trending: List }>(guest(), trendingQuery, { ...page, categoryId: categoryId(number) }),
  ofUser: (number: number) => (page: object) => {
    const of = [{ __typename: 'User', id: toGlobalId('User', uuidOf('user', number)) }]
    return shop.ask<{ _entities: [{ recommendations: List }] }>(user(uuidOf('user', number)), userQuery, {
      ...page,
      of,
    })
  },
}
const trending = async (page: object) => (await ask.trending(page)).data.trending
const ofCategory = (number: number) => async (page: object) => (await ask.ofCategory(number)(page)).data.trending
const ofUser = (number: number) => async (page: object) =>
  (await ask.ofUser(number)(page)).data._entities[0].recommendations

describe.each([
  ['what is trending', trending, 'TRENDING', 30],
  ['what is trending in a category', ofCategory(2), 'TRENDING', 10],
  ['recommendations from purchases', ofUser(1), 'BECAUSE_YOU_BOUGHT', 10],
  ['recommendations for a newcomer', ofUser(newcomer), 'TRENDING', 30],
])('%s', (_name, list, code, atLeast) => {
  test.each([1, 3, 7])('shows each once, the best first, by %i', async (first) => {
    const whole = await list({ first: 100 })
    expect(whole.edges.length).toBeGreaterThan(atLeast)
    expect(new Set(whole.edges.map(({ node }) => node.id)).size).toBe(whole.edges.length)
    expect(whole.edges.map(({ score }) => score)).toEqual(
      whole.edges.map(({ score }) => score).toSorted((one, other) => other - one),
    )
    expect(new Set(whole.edges.map(({ reason }) => reason.code))).toEqual(new Set([code]))

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
    first: await cursorOf(ofUser(1)),
    newcomer: await cursorOf(ofUser(newcomer)),
  }
  const refused = async (asked: Promise<SubgraphAnswer<unknown>>) =>
    expect(errorCodes(await asked)).toEqual(['INVALID_CURSOR'])
  for (const after of [cursors.one, cursors.two, cursors.first, cursors.newcomer, 'nonsense', '']) {
    await refused(ask.trending({ after }))
  }
  for (const after of [cursors.all, cursors.two, cursors.first]) await refused(ask.ofCategory(1)({ after }))
  for (const after of [cursors.all, cursors.one, cursors.newcomer]) await refused(ask.ofUser(1)({ after }))
})

test('a list that began as what is trending goes on so, also when something was bought meanwhile', async () => {
  const begun = await ofUser(998)({ first: 2 })
  const whole = await ofUser(998)({ first: 100 })
  await shop.sql(`insert into purchase (order_id, product_id, user_id, quantity, at)
    select '${uuidOf('order', 5000)}', product_id, '${uuidOf('user', 998)}', 1, now()
    from (select product_id, row_number() over (order by recent desc, product_id) as rank from product_demand) as ranked
    where rank in (1, 4)`)
  const next = await ofUser(998)({ first: 3, after: begun.pageInfo.endCursor })
  expect(told(next.edges)).toEqual(told([whole.edges[2]!, whole.edges[4]!, whole.edges[5]!]))
  expect((await ofUser(998)({ first: 1 })).edges[0]?.reason.code).toBe('BECAUSE_YOU_BOUGHT')
})
