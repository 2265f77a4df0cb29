import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, guest, numbered, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadShop, recommendationsUnderTest } from './recommendations-under-test.ts'
import { jumbleSale } from './some-shop.ts'

let shop: SubgraphUnderTest

beforeAll(async () => {
  shop = await recommendationsUnderTest()
  await loadShop(shop, jumbleSale())
})
afterAll(() => shop.stop())

const products = (count: number) =>
  numbered(count, (number) => ({ __typename: 'Product', id: toGlobalId('Product', uuidOf('product', number)) }))
const variant = (number: number) => ({ variant: { id: toGlobalId('ProductVariant', uuidOf('variant', number)) } })
const list = '{ edges { node { id } score reason { code becauseOf { id } } } pageInfo { hasNextPage } }'

const statementsFor = (query: string, variables: object, viewer = guest()) =>
  shop.statementsOfQuery(viewer, query, variables)

describe.each([1, 50])('for %i', (count) => {
  test('what is similar to products is one statement, and what is bought with them another', async () => {
    const of = products(count)
    expect(await statementsFor(entitiesQuery(`... on Product { similar ${list} }`), { of })).toHaveLength(1)
    expect(
      await statementsFor(
        entitiesQuery(
          `... on Product { similar ${list} boughtTogether(first: 3) ${list} few: similar(first: 1) ${list} }`,
        ),
        { of },
      ),
    ).toHaveLength(2)
  })

  test('suggestions for carts are one statement', async () => {
    const of = numbered(count, (number) => ({
      __typename: 'Cart',
      id: `cart_${number}`,
      lines: [variant(number), variant(number + 1), variant(number + 2)],
    }))
    expect(await statementsFor(entitiesQuery(`... on Cart { suggestions ${list} }`), { of })).toHaveLength(1)
  })

  test('what is trending is one statement', async () => {
    expect(await statementsFor(`{ trending(first: ${count}) ${list} }`, {})).toHaveLength(1)
    const categoryId = toGlobalId('Category', uuidOf('category', 1))
    expect(
      await statementsFor(`query ($categoryId: ID!) { trending(first: ${count}, categoryId: $categoryId) ${list} }`, {
        categoryId,
      }),
    ).toHaveLength(1)
  })

  test('recommendations are one statement, and one more when nothing is known', async () => {
    const statementsOf = (number: number) =>
      statementsFor(
        entitiesQuery(`... on User { recommendations(first: ${count}) ${list} }`),
        { of: [{ __typename: 'User', id: toGlobalId('User', uuidOf('user', number)) }] },
        user(uuidOf('user', number)),
      )
    expect(await statementsOf(1)).toHaveLength(1)
    expect(await statementsOf(999)).toHaveLength(2)
  })
})

test('lists of many lengths are each as long as was asked, and of their own product', async () => {
  const query =
    entitiesQuery('... on Product { id a: similar(first: 1) { ...List } b: similar(first: 4) { ...List } }') +
    ` fragment List on RecommendationConnection ${list}`
  interface List {
    readonly edges: { readonly reason: { readonly becauseOf: { readonly id: string } } }[]
    readonly pageInfo: { readonly hasNextPage: boolean }
  }
  const { data } = await shop.ask<{
    _entities: { id: string; a: List; b: List }[]
  }>(guest(), query, { of: products(20) })
  for (const { id, a, b } of data._entities) {
    expect(a.edges).toEqual(b.edges.slice(0, 1))
    expect(a.pageInfo.hasNextPage).toBe(b.edges.length > 1)
    expect(b.edges.length).toBeLessThanOrEqual(4)
    for (const { reason } of b.edges) expect(reason.becauseOf.id).toBe(id)
  }
  expect(data._entities.some(({ b }) => b.edges.length === 4 && b.pageInfo.hasNextPage)).toBe(true)
})

test('a cart without contents sends no statement', async () => {
  expect(
    await statementsFor(entitiesQuery(`... on Cart { suggestions ${list} }`), {
      of: [{ __typename: 'Cart', id: 'cart_1', lines: [] }],
    }),
  ).toEqual([])
})

test.each([1, 100])('%i interactions are recorded in as many statements', async (count) => {
  const events = numbered(count, (number) => ({
    eventId: `${count}-${number}`,
    productId: toGlobalId('Product', uuidOf('product', (number % 60) + 1)),
    type: 'VIEW',
    at: new Date().toISOString(),
  }))
  const query = 'mutation ($events: [InteractionInput!]!) { interactionRecord(events: $events) { accepted } }'
  const statements = await statementsFor(query, { events }, user(uuidOf('user', 1)))
  expect(statements.map((text) => /^\s*(\w+)/.exec(text)![1]!.toLowerCase())).toEqual([
    'begin',
    'select',
    'select',
    'insert',
    'with',
    'commit',
  ])
})
