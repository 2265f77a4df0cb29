import { composedGraph } from '../canned/canned-graph.ts'
import { products, reviews, users } from './data.ts'

const federation = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])`

const accounts = {
  name: 'accounts',
  typeDefs: `
    ${federation('"@key", "@shareable"')}
    type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }
  `,
  resolvers: {
    Query: { me: () => users[0], user: (_: unknown, { id }: { id: string }) => userOf(id), users: () => users },
    User: { __resolveReference: ({ id }: { id: string }) => userOf(id) },
  },
}

const inventory = {
  name: 'inventory',
  typeDefs: `
    ${federation('"@key", "@external", "@requires"')}
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }
  `,
  resolvers: {
    Product: {
      __resolveReference: ({ upc, price, weight }: { upc: string; price?: number; weight?: number }) => ({
        ...products.find((product) => product.upc === upc),
        price,
        weight,
      }),
      shippingEstimate: ({ price, weight }: { price?: number; weight?: number }) =>
        price == null || weight == null ? null : price > 1000 ? 0 : Math.floor(weight / 2),
    },
  },
}

const catalogue = {
  name: 'products',
  typeDefs: `
    ${federation('"@key"')}
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! weight: Int price: Int name: String }
  `,
  resolvers: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
    Product: {
      __resolveReference: ({ upc }: { upc: string }) => products.find((product) => product.upc === upc) ?? null,
    },
  },
}

const reviewing = {
  name: 'reviews',
  typeDefs: `
    ${federation('"@key", "@external", "@provides"')}
    type Review @key(fields: "id") {
      id: ID!
      body: String
      product: Product
      author: User @provides(fields: "username")
    }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }
  `,
  resolvers: {
    Review: {
      __resolveReference: ({ id }: { id: string }) => reviews.find((review) => review.id === id) ?? null,
      product: ({ upc }: { upc: string }) => ({ upc }),
      author: () => users[0],
    },
    // Whoever it is has written the same two.
    User: { reviews: () => reviews.slice(0, 2) },
    Product: { reviews: ({ upc }: { upc: string }) => reviews.filter((review) => review.upc === upc) },
  },
}

const userOf = (id: string) => users.find((user) => user.id === id) ?? null

/**
 * The four subgraphs of The Guild's federation gateway benchmark: its schema, and as much data in the same places, so
 * that its query has the same plan and an answer as large.
 */
export const publicBenchmark = () => composedGraph([accounts, inventory, catalogue, reviewing])
