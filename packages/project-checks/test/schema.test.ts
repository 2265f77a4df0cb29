import { expect, test } from 'vitest'
import { sdlProblems, valueTypeProblems } from '../src/checks/schema.ts'

const problems = (sdl: string) => sdlProblems('a.graphql', sdl).map((problem) => problem.replace('a.graphql:', ''))

test('a schema that keeps the rules has no problems', () => {
  expect(
    problems(`
      type Query {
        "A page of carts."
        carts(first: Int): CartConnection @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
      }
      "What somebody means to buy."
      type Cart @key(fields: "id") {
        "The global id."
        id: ID! @authenticated
        "Its lines."
        lines: [Line!]! @listSize(assumedSize: 20)
        "Words for it."
        tags: [String!]! @deprecated(reason: "Nobody reads them.")
        weight: Int @external
        "What sending it costs."
        shipping: Int @requires(fields: "weight lines { id }")
      }
      "A page."
      type CartConnection {
        "The carts."
        edges: [CartEdge!]!
      }
    `),
  ).toEqual([])
})

test('everything has a description, but root types, arguments, the deprecated and the external', () => {
  expect(
    problems(`
      type Query { viewer: User }
      scalar Date
      enum Role { "Buys." CUSTOMER ADMIN }
      input UserInput { name: String, "Kept." old: String, gone: Int @deprecated }
      union Found = User
      extend type User @key(fields: "id") { id: ID! @external, name(short: Boolean): String }
    `),
  ).toEqual([
    '2: Query.viewer has no description',
    '3: Date has no description',
    '4: Role has no description',
    '4: Role.ADMIN has no description',
    '5: UserInput has no description',
    '5: UserInput.name has no description',
    '6: Found has no description',
    '7: User.name has no description',
  ])
})

test('no permissions on an interface, no arguments inside @requires', () => {
  expect(
    problems(`
      "A thing."
      interface Thing @authenticated {
        "Its id."
        id: ID! @requiresScopes(scopes: [["things:read"]])
      }
      "A product."
      type Product {
        "Its price."
        price(currency: String): Int @external
        "With tax."
        gross: Int @requires(fields: "price(currency: \\"EUR\\")")
      }
    `),
  ).toEqual([
    '3: Thing: an interface carries no permissions; put them on its types',
    '5: Thing.id: an interface carries no permissions; put them on its types',
    '12: Product.gross: arguments inside @requires give wrong values',
  ])
})

test('the size of what a list or a connection gives is known', () => {
  expect(
    problems(`
      "A cart."
      type Cart {
        "Lines."
        lines: [[Line!]]
        "Roles."
        roles: [Role!]
        "Edges, though of no connection."
        edges: [Line!]
        "Others."
        others: CartConnection @listSize(assumedSize: 3)
      }
      "May."
      enum Role { "Buys." CUSTOMER }
    `),
  ).toEqual([
    '5: Cart.lines is a list without @listSize; can it grow, make it a connection',
    '9: Cart.edges is a list without @listSize; can it grow, make it a connection',
    '11: Cart.others is a connection: it needs @listSize with slicingArguments and sizedFields: ["edges"]',
  ])
})

test('the value types are the same to the byte', () => {
  const shared = '"Money."\nscalar Decimal\n'
  const sdl = 'type Query { a: Int }\n\n# --- The value types, the same in every subgraph ---\n\n'
  expect(valueTypeProblems('a.graphql', sdl + shared, shared)).toEqual([])
  expect(valueTypeProblems('a.graphql', `${sdl}${shared}\n`, shared)).toEqual([expect.stringContaining('differ')])
  expect(valueTypeProblems('a.graphql', 'type Query { a: Int }', shared)).toEqual([expect.stringContaining('no block')])
})
