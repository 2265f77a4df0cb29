import { federation } from '../supergraphs/federation.ts'
import type { KnownCase } from './known-case.ts'

const requiresWithArguments = {
  products: `${federation}
    type Query { product: Product! }
    type Product @key(fields: "upc") { upc: String! name: String price(currency: String!): Int! weight: Int! }
  `,
  shipping: `${federation}
    type Product @key(fields: "upc") {
      upc: String! weight: Int! @external price(currency: String!): Int! @external
      estimate: Int! @requires(fields: "price(currency: \\"USD\\") weight")
      estimateEur: Int! @requires(fields: "price(currency: \\"EUR\\") weight")
    }
  `,
}

const requiresListWithArguments = {
  feed: `${federation}
    type Query { post: Post! }
    type Post @key(fields: "id") { id: ID! comments(limit: Int!): [Comment!]! }
    type Comment @key(fields: "id") { id: ID! authorId: ID! body: String! }
  `,
  authors: `${federation}
    type Post @key(fields: "id") {
      id: ID! comments(limit: Int!): [Comment!]! @external
      author: Author! @requires(fields: "comments(limit: 3) { authorId }")
    }
    type Comment @key(fields: "id") { id: ID! authorId: ID! @external }
    type Author { id: ID! name: String! }
  `,
}

/** What the public federation gateway audit finds @apollo/gateway fail at, on schemas of our own, and what is near it. */
export const auditCases: readonly KnownCase[] = [
  {
    // The planner looks the part up by a key that the subgraph says it does not resolve.
    name: 'keys of which each subgraph resolves another',
    query: '{ kit { id parts { id name label } } }',
    subgraphs: {
      parts: `${federation}
        type Part
          @key(fields: "id")
          @key(fields: "serial", resolvable: false)
          @key(fields: "code { one two }", resolvable: false)
          @key(fields: "id code { two three }", resolvable: false) {
          id: ID! serial: ID! code: Code! name: String!
        }
        type Code { one: ID! @shareable two: ID! @shareable three: ID! @shareable }
      `,
      kits: `${federation}
        type Query { kit: Kit! }
        type Kit @key(fields: "id") { id: ID! parts: [Part!]! }
        type Part
          @key(fields: "code { one two }", resolvable: false)
          @key(fields: "id code { two three }")
          @key(fields: "serial", resolvable: false)
          @key(fields: "id", resolvable: false) {
          id: ID! serial: ID! code: Code! name: String! @external label: String! @requires(fields: "name")
        }
        type Code { one: ID! @shareable two: ID! @shareable three: ID! @shareable }
      `,
    },
    stock: 'wrong',
    ours: 'refused',
  },
  {
    // The planner knows that nobody can answer it, and plans nothing.
    name: 'a field of an interface object whose entities no subgraph resolves',
    query: '{ a { field } }',
    subgraphs: {
      first: `${federation}
        type Query { a: Node! product: Product }
        interface Node @key(fields: "id") { id: ID! }
        type Product @interfaceObject @key(fields: "id", resolvable: false) { id: ID! }
      `,
      second: `${federation}
        type Query { b: Node! }
        type Node @interfaceObject @key(fields: "id", resolvable: false) { id: ID! field: String! }
        interface Product @key(fields: "id") { id: ID! name: String! }
        type Bread implements Product @key(fields: "id") { id: ID! name: String! }
      `,
    },
    stock: 'wrong',
    ours: 'refused',
  },
  // What is required has the response key that its name gives it, whatever its arguments: one value for all of them.
  ...requires(requiresWithArguments, 'right', [
    ['@requires with arguments', '{ product { upc name estimate } }'],
    [
      '@requires with arguments beside the field under another name',
      '{ product { estimate euros: price(currency: "EUR") } }',
    ],
  ]),
  ...requires(requiresWithArguments, 'wrong', [
    ['@requires with arguments beside the field', '{ product { upc estimate price(currency: "EUR") } }'],
    ['@requires with two sets of arguments', '{ product { estimate estimateEur } }'],
  ]),
  ...requires(requiresListWithArguments, 'right', [
    ['@requires of a list with arguments', '{ post { author { id } } }'],
  ]),
  ...requires(requiresListWithArguments, 'wrong', [
    ['@requires of a list with arguments beside it', '{ post { author { id } comments(limit: 1) { id } } }'],
    [
      '@requires of a list with arguments beside it with a variable',
      'query ($limit: Int! = 1) { post { author { id } comments(limit: $limit) { id } } }',
    ],
  ]),
]

function requires(
  subgraphs: KnownCase['subgraphs'],
  stock: 'right' | 'wrong',
  cases: readonly (readonly [name: string, query: string])[],
): KnownCase[] {
  return cases.map(([name, query]) => ({
    name,
    query,
    subgraphs,
    stock,
    ours: stock === 'right' ? 'right' : 'refused',
  }))
}
