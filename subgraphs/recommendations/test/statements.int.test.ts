import { toGlobalId } from '@cartograph/global-ids'
import { entitiesQuery, eventually, guest, numbered, type SubgraphUnderTest, user, uuidOf } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personalLists, placements } from './ask-lists.ts'
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

const personalFields = (count: number) => [
  ...placements.map((placement) => `recommendations(first: ${count}, placement: ${placement})`),
  `buyAgain(first: ${count})`,
]
const statementsOfUser = (number: number, field: string) =>
  statementsFor(
    entitiesQuery(`... on User { ${field} ${list} }`),
    { of: [{ __typename: 'User', id: toGlobalId('User', uuidOf('user', number)) }] },
    user(uuidOf('user', number)),
  )

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

  test.each(personalFields(count))('%s is reading the customer and which are shown, in a warm model', async (field) => {
    await statementsOfUser(1, field)
    const statements = await statementsOfUser(1, field)
    expect(statements.filter((text) => !text.includes('product_demand'))).toEqual([
      expect.stringContaining('from model_in_use'),
      expect.stringContaining('from product shown'),
    ])
    // Demand is half a second old by now, or it is not.
    expect(statements.length).toBeLessThanOrEqual(3)
  })
})

test('demand is read by one statement more when it is older than half a second, and by none when it is not', async () => {
  const field = 'recommendations(first: 10)'
  await eventually(async () => {
    expect(await statementsOfUser(1, field)).toEqual([
      expect.stringContaining('from model_in_use'),
      expect.stringContaining('from product_demand'),
      expect.stringContaining('from product shown'),
    ])
    expect(await statementsOfUser(2, field)).toHaveLength(2)
  })
})

test('a model is read by one statement, and demand by one, however many ask at the same time; then by none', async () => {
  const other = await recommendationsUnderTest()
  try {
    await loadShop(other, jumbleSale())
    const askAll = () =>
      other.statementsOf(() => Promise.all(numbered(20, (number) => personalLists(other, number).recommended('HOME'))))
    const count = (statements: string[], part: string) => statements.filter((text) => text.includes(part)).length
    const cold = await askAll()
    expect([count(cold, 'artifact'), count(cold, 'product_demand'), cold.length]).toEqual([1, 1, 42])
    // A second version, and requests that began before it was in use.
    await loadShop(other, [])
    await other.sql('update model_in_use set version = 1')
    await askAll()
    await other.sql('update model_in_use set version = 2')
    expect(count(await askAll(), 'artifact')).toBe(1)
    await other.sql('update model_in_use set version = 1')
    expect(count(await askAll(), 'artifact')).toBe(0)
  } finally {
    await other.stop()
  }
})

test('while there is no model, recommendations are two statements, whatever their length', async () => {
  const other = await recommendationsUnderTest()
  try {
    await loadShop(other, jumbleSale())
    await other.sql('delete from model_in_use')
    for (const first of [1, 50]) {
      const statements = await other.statementsOf(() => personalLists(other, 1).recommended('HOME', { first }))
      expect(statements).toHaveLength(2)
    }
    expect(await other.statementsOf(() => personalLists(other, 1).buyAgain())).toHaveLength(1)
  } finally {
    await other.stop()
  }
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
