import { documentIdOf, readManifest } from '@cartograph/persisted-operations'
import { describe, expect, test } from 'vitest'
import { readApiBreaks } from './api-breaks.ts'
import { checkClients } from './check-clients.ts'
import type { Client } from './client.ts'

const api = `
  type Query { product(id: ID!): Product stock(of: ID!): Int products(first: Int, sort: Sort = NEWEST): [Product!] }
  type Product { id: ID! title: String! weight: Int! price: Money old: String @deprecated(reason: "Ask for title.") }
  type Money { amount: String! }
  enum Sort { NEWEST CHEAPEST }
`
/** The same as a supergraph, where partners may ask for products, and with inventory:read for stock. */
const supergraph = api
  .replace(
    'stock(of: ID!): Int',
    'stock(of: ID!): Int @tag(name: "partner") @requiresScopes(scopes: [["inventory:read"]])',
  )
  .replace('product(id: ID!): Product', '$& @tag(name: "partner")')
  .replace('): [Product!]', '): [Product!] @tag(name: "partner")')

const client = (name: string, scopes: readonly string[] | null, ...bodies: string[]): Client => ({
  name,
  scopes,
  operations: readManifest(Object.fromEntries(bodies.map((body) => [documentIdOf(body), body]))),
})
const acme = client('Acme', [], 'query Feed($n: Int) { products(first: $n, sort: CHEAPEST) { id title } }')
const depot = client(
  'Depot',
  ['inventory:read'],
  'query Left { stock(of: "1") }',
  'query Old { product(id: "1") { old } }',
)
const shop = client('storefront', null, 'query Page { product(id: "1") { title price { amount } } }')
const clients = [acme, depot, shop]

const check = (sdl: string, breaks = '') => checkClients(clients, api, sdl, readApiBreaks(breaks))
const deprecation = 'Product.old is deprecated (Ask for title.), and asked for by Depot: Old'

describe('a change of the supergraph', () => {
  test('that is none has no problems; what is deprecated is listed with who asks for it', async () => {
    expect(await check(supergraph)).toEqual({ problems: [], notes: [deprecation] })
  })

  test('that renames a field names the clients, the operations and the field', async () => {
    expect(await check(supergraph.replace('title:', 'name:'))).toEqual({
      problems: [
        "Field 'title' was removed from object type 'Product'",
        'breaks Acme: Feed at Product.title: Cannot query field "title" on type "Product".',
        'breaks storefront: Page at Product.title: Cannot query field "title" on type "Product".',
      ],
      notes: [deprecation],
    })
  })

  test.each([
    [
      'removes an argument',
      supergraph.replace('first: Int, ', ''),
      [
        "Argument 'first: Int' was removed from field 'Query.products'",
        'breaks Acme: Feed at Query.products(first:): Unknown argument "first" on field "Query.products".',
      ],
    ],
    [
      'makes an argument another type',
      supergraph.replace('first: Int', 'first: String'),
      [
        "Type for argument 'first' on field 'Query.products' changed from 'Int' to 'String'",
        'breaks Acme: Feed at Query.products(first:): Variable "$n" of type "Int" used in position expecting type "String".',
      ],
    ],
    [
      'removes a value',
      supergraph.replace(' CHEAPEST', ''),
      [
        "Enum value 'CHEAPEST' was removed from enum 'Sort'",
        'breaks Acme: Feed at Sort.CHEAPEST: Value "CHEAPEST" does not exist in "Sort" enum.',
      ],
    ],
    [
      'takes it from partners alone',
      supergraph.replace('): [Product!] @tag(name: "partner")', '): [Product!]'),
      ['breaks Acme: Feed at Query.products: Cannot query field "products" on type "Query".'],
    ],
    [
      'asks for another scope',
      supergraph.replace('"inventory:read"', '"inventory:write"'),
      ['breaks Depot: Left at Query.stock: Cannot query field "stock" on type "Query".'],
    ],
  ])('that %s', async (_, sdl, problems) => {
    expect((await check(sdl)).problems.map((problem) => problem.replace(/ Did you mean .*/, ''))).toEqual(problems)
  })

  test('that adds to it is no problem', async () => {
    expect(await check(supergraph.replace('id: ID! title', 'id: ID! subtitle: String title'))).toEqual({
      problems: [],
      notes: [deprecation],
    })
  })

  test('that was agreed to is a note, with the reason', async () => {
    const { problems, notes } = await check(
      supergraph.replace('title:', 'name:').replace('amount', 'value'),
      '# Reviewed.\n\nProduct.title  2026-11-24  Everybody was told in June.\n',
    )
    expect(problems).toEqual([
      "Field 'amount' was removed from object type 'Money'",
      'breaks storefront: Page at Money.amount: Cannot query field "amount" on type "Money".',
    ])
    expect(notes).toEqual([
      "Field 'title' was removed from object type 'Product' Agreed to: Everybody was told in June.",
      'breaks Acme: Feed at Product.title: Cannot query field "title" on type "Product". Agreed to: Everybody was told in June.',
      'breaks storefront: Page at Product.title: Cannot query field "title" on type "Product". Agreed to: Everybody was told in June.',
      deprecation,
    ])
  })
})

test('the file of agreed breaks is read line by line, and a line that is none of it is named', () => {
  expect([...readApiBreaks('Query.products(first:) 2026-11-24 Pages are all of one size.')]).toEqual([
    ['Query.products(first:)', 'Pages are all of one size.'],
  ])
  expect(() => readApiBreaks('# fine\nProduct.title because')).toThrow(
    'line 2 is not "<coordinate>  <YYYY-MM-DD>  <reason>": Product.title because',
  )
})
