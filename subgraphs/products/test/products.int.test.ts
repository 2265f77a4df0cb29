import { randomUUID } from 'node:crypto'
import type { ShopRecord } from '@cartograph/contracts'
import { toGlobalId } from '@cartograph/global-ids'
import { guest, loadRecords, user } from '@cartograph/test-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDefinition } from '../src/load-definition.ts'
import { productsUnderTest, type ProductsUnderTest } from './products-under-test.ts'

let products: ProductsUnderTest

const root = randomUUID()
const leaf = randomUUID()
const titles = [
  'Red Lantern',
  'Blue Lantern',
  'Garden Spade',
  'Copper Teapot',
  'Wool Blanket',
  'Oak Chair',
  'Pine Table',
]
const catalogue: ShopRecord[] = [
  { kind: 'category', id: root, parentId: null, slug: 'home', name: 'Home', position: 0 },
  { kind: 'category', id: leaf, parentId: root, slug: 'wooden', name: 'Wooden', position: 0 },
  ...titles.map((title, index): ShopRecord => ({
    kind: 'product',
    id: randomUUID(),
    slug: title.toLowerCase().replace(' ', '-'),
    title,
    description: `A ${title.toLowerCase()} for every house.`,
    brand: index % 2 === 0 ? 'Even & Co' : 'Oddly',
    categoryIds: [index >= 5 ? leaf : root],
    createdAt: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    variants: [0, 1].map((size) => ({
      id: randomUUID(),
      sku: `SKU-${index}-${size}`,
      title: size === 0 ? 'Small' : 'Large',
      price: 1000 + 100 * (index % 4) + 50 * size,
      compareAtPrice: null,
      currencyCode: 'GBP' as const,
      weight: 400 + 10 * size,
    })),
  })),
]

beforeAll(async () => {
  products = await productsUnderTest()
  await loadRecords(loadDefinition, products.database.connectionString, catalogue)
})
afterAll(() => products.stop())

const editor = user(randomUUID(), ['products:read', 'products:write'])
const stored = () =>
  products.sql(
    'select (select json_agg(p order by p.id) from product p) products, (select json_agg(v order by v.id) from variant v) variants',
  )

interface List {
  products: {
    totalCount: number
    edges: { cursor: string; node: { title: string } }[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  }
}
const list = async (args: string, variables: object = {}) =>
  (
    await products.ask<List>(
      guest(),
      `query ${args.includes('$cursor') ? '($cursor: String)' : ''} { products(${args}) { edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      variables,
    )
  ).data.products
const titlesOf = async (args: string, variables: object = {}) =>
  (await list(args, variables)).edges.map((edge) => edge.node.title)

describe('loading', () => {
  test('twice is the same as once', async () => {
    const before = await stored()
    expect(await loadRecords(loadDefinition, products.database.connectionString, catalogue)).toEqual({
      category: { read: 2, written: 0 },
      product: { read: 7, written: 0 },
    })
    expect(await stored()).toEqual(before)
  })

  test('that breaks in the middle leaves nothing', async () => {
    const before = await stored()
    const [, , first] = catalogue
    const another = { ...first, id: randomUUID(), slug: 'another', variants: [] as unknown[] }
    await expect(
      loadRecords(loadDefinition, products.database.connectionString, [
        { ...another, variants: [{ ...(first as { variants: object[] }).variants[0], id: randomUUID(), sku: 'NEW' }] },
        '{ broken',
      ]),
    ).rejects.toThrow()
    expect(await stored()).toEqual(before)
  })
})

describe('listing', () => {
  test.each(['NEWEST', 'PRICE_ASC', 'PRICE_DESC'])(
    '%s pages through everything forward and backward, without gap or overlap',
    async (sort) => {
      const whole = await titlesOf(`first: 100, sort: ${sort}`)
      expect(new Set(whole)).toEqual(new Set(titles))
      const walk = async (backward: boolean) => {
        const seen: string[] = []
        for (let cursor: string | null = null; ;) {
          const page: List['products'] = await list(
            `${backward ? 'last' : 'first'}: 2, ${backward ? 'before' : 'after'}: $cursor, sort: ${sort}`,
            { cursor },
          )
          const found = page.edges.map((edge) => edge.node.title)
          if (backward) seen.unshift(...found)
          else seen.push(...found)
          if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return seen
          cursor = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor
        }
      }
      expect(await walk(false)).toEqual(whole)
      expect(await walk(true)).toEqual(whole)
    },
  )

  test('the newest first when nothing is said', async () =>
    expect(await titlesOf('first: 2')).toEqual(['Pine Table', 'Oak Chair']))

  test('finds words, forgives typing errors, and puts the better match first', async () => {
    expect(await titlesOf('filter: { query: "lantern" }')).toHaveLength(2)
    expect((await titlesOf('filter: { query: "red lantern" }'))[0]).toBe('Red Lantern')
    expect(await titlesOf('filter: { query: "lanterm" }')).toHaveLength(2)
    expect(await titlesOf('filter: { query: "xylophone" }')).toEqual([])
  })

  test('a search pages by its scores without gap or overlap', async () => {
    const whole = await titlesOf('first: 100, filter: { query: "house" }')
    expect(whole).toHaveLength(7)
    const first = await list('first: 4, filter: { query: "house" }')
    expect([
      ...first.edges.map((edge) => edge.node.title),
      ...(await titlesOf('first: 4, after: $cursor, filter: { query: "house" }', { cursor: first.pageInfo.endCursor })),
    ]).toEqual(whole)
  })

  test.each([`"'"`, '"\\"(:*|&!"', '"%_\\\\"', '"<script>"'])('a search for %s is just a search', async (query) =>
    expect(Array.isArray(await titlesOf(`filter: { query: ${query} }`))).toBe(true),
  )

  test('a category holds what is below it', async () => {
    expect(await titlesOf(`filter: { categoryId: "${toGlobalId('Category', root)}" }`)).toHaveLength(7)
    expect(await titlesOf(`filter: { categoryId: "${toGlobalId('Category', leaf)}" }`)).toEqual([
      'Pine Table',
      'Oak Chair',
    ])
  })

  test('filters by price and brand', async () => {
    expect(await titlesOf('filter: { minPrice: { amount: "13.00", currencyCode: GBP } }')).toEqual(['Copper Teapot'])
    expect(await titlesOf('filter: { maxPrice: { amount: "10.00", currencyCode: GBP } }')).toEqual([
      'Wool Blanket',
      'Red Lantern',
    ])
    expect(await titlesOf('filter: { maxPrice: { amount: "10.00", currencyCode: EUR } }')).toEqual([])
    expect(await titlesOf('filter: { brand: ["Oddly"] }')).toHaveLength(3)
    expect(await titlesOf('filter: { brand: [] }')).toEqual([])
  })

  test('counts and facets are those of the whole list', async () => {
    const { data } = await products.ask(
      guest(),
      `{ products(first: 1, filter: { query: "lantern" }) { totalCount facets { name values { value label count } } } }`,
    )
    expect(data).toEqual({
      products: {
        totalCount: 2,
        facets: [
          {
            name: 'brand',
            values: [
              { value: 'Even & Co', label: 'Even & Co', count: 1 },
              { value: 'Oddly', label: 'Oddly', count: 1 },
            ],
          },
          { name: 'category', values: [{ value: 'home', label: 'Home', count: 2 }] },
        ],
      },
    })
  })

  test('executes the same statements for 1 as for 50', async () => {
    const statements = (first: number) =>
      products.statementsOf(() =>
        products.ask(
          guest(),
          `{ products(first: ${first}) { totalCount facets { name } edges { node { title categories { name parent { name } } variants { sku product { title } } } } } }`,
        ),
      )
    const one = await statements(1)
    expect((await statements(50)).sort()).toEqual(one.sort())
    expect(one.length).toBe(7)
  })
})

describe('the tree of categories', () => {
  test('goes up and down', async () => {
    const { data } = await products.ask(
      guest(),
      '{ categories { slug parent { slug } children { slug parent { slug } children { slug } } } categoryBySlug(slug: "wooden") { name products { totalCount } } }',
    )
    expect(data).toEqual({
      categories: [
        { slug: 'home', parent: null, children: [{ slug: 'wooden', parent: { slug: 'home' }, children: [] }] },
      ],
      categoryBySlug: { name: 'Wooden', products: { totalCount: 2 } },
    })
  })
})

describe('editing', () => {
  const create =
    'mutation ($input: ProductCreateInput!) { productCreate(input: $input) { product { id slug status priceRange { min { amount } max { amount } } } userErrors { code path } } }'
  type Created = {
    productCreate: {
      product: { id: string; slug: string; status: string } | null
      userErrors: { code: string; path: string[] }[]
    }
  }
  const variant = (sku: string, amount = '9.99', currencyCode = 'GBP') => ({
    sku,
    title: 'One',
    price: { amount, currencyCode },
  })

  test('a draft is seen by editors alone, until it is published', async () => {
    const { data } = await products.ask<Created>(editor, create, {
      input: { title: 'Crème Brûlée Dish', variants: [variant('CB-1'), variant('CB-2', '12')] },
    })
    expect(data.productCreate).toMatchObject({
      product: {
        slug: 'creme-brulee-dish',
        status: 'DRAFT',
        priceRange: { min: { amount: '9.99' }, max: { amount: '12.00' } },
      },
      userErrors: [],
    })
    const id = data.productCreate.product!.id
    const see = async (viewer: typeof editor) =>
      (
        await products.ask(
          viewer,
          'query ($id: ID!, $of: [_Any!]!) { product(id: $id) { slug } productBySlug(slug: "creme-brulee-dish") { slug } _entities(representations: $of) { ... on Product { slug } ... on ProductVariant { sku product { slug } } } }',
          {
            id,
            of: [
              { __typename: 'Product', id },
              { __typename: 'Product', slug: 'creme-brulee-dish' },
              { __typename: 'ProductVariant', sku: 'CB-1' },
            ],
          },
        )
      ).data
    const hidden = { product: null, productBySlug: null, _entities: [null, null, null] }
    const shown = {
      product: { slug: 'creme-brulee-dish' },
      productBySlug: { slug: 'creme-brulee-dish' },
      _entities: [
        { slug: 'creme-brulee-dish' },
        { slug: 'creme-brulee-dish' },
        { sku: 'CB-1', product: { slug: 'creme-brulee-dish' } },
      ],
    }
    expect(await see(guest())).toEqual(hidden)
    expect(await see(editor)).toEqual(shown)
    const unpublish = () =>
      products.ask(
        editor,
        'mutation ($id: ID!) { productUnpublish(productId: $id) { product { status } userErrors { code } } }',
        { id },
      )
    expect((await unpublish()).data).toEqual({
      productUnpublish: { product: null, userErrors: [{ code: 'INVALID_INPUT' }] },
    })
    expect(await see(guest())).toEqual(hidden)
    await products.ask(editor, 'mutation ($id: ID!) { productPublish(productId: $id) { product { id } } }', { id })
    expect(await see(guest())).toEqual(shown)
    expect((await unpublish()).data).toEqual({ productUnpublish: { product: { status: 'ARCHIVED' }, userErrors: [] } })
    expect(await see(guest())).toEqual(shown)
    expect(await titlesOf('filter: { query: "creme" }')).toEqual([])
  })

  test.each([
    ['a taken slug', { title: 'Red Lantern', variants: [variant('X1')] }, ['SLUG_TAKEN']],
    ['a taken SKU', { title: 'New', variants: [variant('SKU-0-0')] }, ['SKU_TAKEN']],
    ['no variant', { title: 'New', variants: [] }, ['INVALID_INPUT']],
    ['two currencies', { title: 'New', variants: [variant('X1'), variant('X2', '1', 'EUR')] }, ['CURRENCY_MISMATCH']],
    ['a negative price', { title: 'New', variants: [variant('X1', '-1')] }, ['INVALID_INPUT']],
    ['a price in tenths of a penny', { title: 'New', variants: [variant('X1', '1.005')] }, ['INVALID_INPUT']],
    [
      'an unknown category',
      { title: 'New', variants: [variant('X1')], categoryIds: [toGlobalId('Category', randomUUID())] },
      ['NOT_FOUND'],
    ],
    [
      'a bad slug and an empty title',
      { title: ' ', slug: 'No Good', variants: [variant('X1')] },
      ['INVALID_INPUT', 'INVALID_INPUT'],
    ],
  ])('refuses %s, and nothing is created', async (_, input, codes) => {
    const before = await stored()
    const { data } = await products.ask<Created>(editor, create, { input })
    expect(data.productCreate.product).toBeNull()
    expect(data.productCreate.userErrors.map((error) => error.code)).toEqual(codes)
    expect(await stored()).toEqual(before)
  })

  test('needs products:write, and nothing is created without', async () => {
    const before = await stored()
    for (const [viewer, code] of [
      [guest(), 'UNAUTHENTICATED'],
      [user(randomUUID(), ['products:read']), 'FORBIDDEN'],
    ] as const) {
      const { data, errors } = await products.ask(viewer, create, {
        input: { title: 'New', variants: [variant('X9')] },
      })
      expect(data).toEqual({ productCreate: null })
      expect(errors?.map((error) => error.extensions.code)).toEqual([code])
    }
    expect(await stored()).toEqual(before)
  })

  test('prices set at once leave a range that spans them', async () => {
    const { data } = await products.ask<{ productBySlug: { id: string; variants: { id: string }[] } }>(
      guest(),
      '{ productBySlug(slug: "oak-chair") { id variants { id } } }',
    )
    const set = (variantId: string, amount: string) =>
      products.ask(
        editor,
        'mutation ($v: ID!, $p: MoneyInput!) { variantPriceSet(variantId: $v, price: $p) { variant { price { amount } } userErrors { code } } }',
        { v: variantId, p: { amount, currencyCode: 'GBP' } },
      )
    const [small, large] = data.productBySlug.variants
    await Promise.all([set(small!.id, '3.00'), set(large!.id, '77.00')])
    expect(
      (
        await products.ask(
          guest(),
          '{ productBySlug(slug: "oak-chair") { priceRange { min { amount } max { amount } } } }',
        )
      ).data,
    ).toEqual({
      productBySlug: { priceRange: { min: { amount: '3.00' }, max: { amount: '77.00' } } },
    })
    const before = await stored()
    const refused = await products.ask(
      editor,
      'mutation ($v: ID!) { variantPriceSet(variantId: $v, price: { amount: "5", currencyCode: EUR }) { variant { id } userErrors { code } } }',
      { v: small!.id },
    )
    expect(refused.data).toEqual({ variantPriceSet: { variant: null, userErrors: [{ code: 'CURRENCY_MISMATCH' }] } })
    expect(await stored()).toEqual(before)
  })

  test('an update changes what it names and nothing else', async () => {
    const { data } = await products.ask<{ productBySlug: { id: string } }>(
      guest(),
      '{ productBySlug(slug: "pine-table") { id } }',
    )
    const update = (input: object) =>
      products.ask(
        editor,
        'mutation ($id: ID!, $input: ProductUpdateInput!) { productUpdate(productId: $id, input: $input) { product { title brand description categories { slug } } userErrors { code } } }',
        { id: data.productBySlug.id, input },
      )
    expect((await update({ title: 'Pine Desk', brand: null, categoryIds: [] })).data).toEqual({
      productUpdate: {
        product: { title: 'Pine Desk', brand: null, description: 'A pine table for every house.', categories: [] },
        userErrors: [],
      },
    })
    const before = await stored()
    expect((await update({ title: 'Elm Desk', slug: 'oak-chair' })).data).toEqual({
      productUpdate: { product: null, userErrors: [{ code: 'SLUG_TAKEN' }] },
    })
    expect(await stored()).toEqual(before)
  })
})

test('unsigned, nothing', async () => {
  expect((await products.askUnsigned('{ _service { sdl } }')).status).toBe(401)
  expect((await products.askUnsigned('{ products { totalCount } }')).status).toBe(401)
})
