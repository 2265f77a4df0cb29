import { expect, test } from 'vitest'
import { requirementProblems, sdlProblems, valueTypeProblems } from '../src/checks/schema.ts'

const problems = (sdl: string) => sdlProblems('a.graphql', sdl).map((problem) => problem.replace('a.graphql:', ''))

test('a schema that keeps the rules has no problems', () => {
  expect(
    problems(`
      type Query {
        "A page of carts."
        carts(first: Int): CartConnection
          @public(reason: "Carts are no secret here.")
          @listSize(slicingArguments: ["first"], sizedFields: ["edges"])
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
      type Query { viewer: User @public(reason: "Null for a guest.") }
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

test('a root field has a permission, or @public with a reason', () => {
  expect(
    problems(`
      type Query {
        "Anybody."
        open: Int @public(reason: "It is 1.")
        "Staff."
        staff: Int @requiresScopes(scopes: [["a:read"]])
        "Forgotten."
        forgotten: Int
      }
      extend type Mutation {
        "Undecided."
        undecided: Int @public(reason: "Why not?") @authenticated
        "Unreasoned."
        unreasoned: Int @public(reason: " ")
        "Neither."
        neither: Int @deprecated
      }
    `),
  ).toEqual([
    '8: Query.forgotten says not who may call it: give it @authenticated, @requiresScopes, or @public with a reason',
    '12: Mutation.undecided is @public and has a permission: say one of the two',
    '14: Mutation.unreasoned is @public without a reason',
    '16: Mutation.neither says not who may call it: give it @authenticated, @requiresScopes, or @public with a reason',
  ])
})

test('a field does not require what is better protected than itself, in whichever subgraph that is declared', () => {
  const owner = `
    type Product @key(fields: "id") { id: ID! weight: Int stock: [Level!] @authenticated }
    type Level @key(fields: "id") @requiresScopes(scopes: [["inventory:read"]]) { id: ID! units: Int }
  `
  const other = (permissions: string) => `
    type Product @key(fields: "id") {
      id: ID!
      weight: Int @external
      stock: [Level!] @external
      shipping: Int @requires(fields: "weight")
      inStock: Boolean @requires(fields: "weight stock { ... on Level { units } }") ${permissions}
    }
  `
  const found = (permissions: string) => requirementProblems({ 'a.graphql': owner, 'b.graphql': other(permissions) })
  const scopes = '@requiresScopes(scopes: [["inventory:read"]])'
  expect(found('')).toEqual([
    'b.graphql:7: Product.inStock requires Product.stock but not its permission: authenticated',
    'b.graphql:7: Product.inStock requires Level.units but not its permission: requiresScopes [["inventory:read"]]',
  ])
  expect(found('@authenticated')).toHaveLength(1)
  expect(found(`@authenticated ${scopes}`)).toEqual([])
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
