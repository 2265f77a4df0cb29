import { federation } from './federation.ts'

/** Compound, nested and several keys, and chains of keys in which no subgraph has the first and the last. */
export const keys = {
  name: 'keys',
  depth: 4,
  subgraphs: {
    first: `${federation}
      type Query { accounts: [Account]! account(id: ID!): Account }
      type Account @key(fields: "id") { id: ID! nick: String plan: Plan }
      type Plan @key(fields: "code region { name }") { code: String! region: Region! monthly: Int }
      type Region @shareable { name: String! }
    `,
    second: `${federation}
      type Account @key(fields: "id") @key(fields: "email") { id: ID! email: String! }
      type Plan @key(fields: "code region { name }") @key(fields: "number") { code: String! region: Region! number: Int! }
      type Region @shareable { name: String! }
    `,
    third: `${federation}
      type Query { orders(status: [Status]): [[Order!]] }
      enum Status { OPEN CLOSED }
      type Account @key(fields: "email") @key(fields: "tax { country number }") {
        email: String! tax: Tax! orders(first: Int, status: Status = OPEN): [Order!]
      }
      type Tax @shareable { country: String! number: Int! }
      type Order @key(fields: "buyer { email } line") { buyer: Account! line: Int! status: Status! amount: Float }
      type Plan @key(fields: "number") { number: Int! uptime: Float! fallback: Plan features: [Feature!]! }
      type Feature @key(fields: "slug") { slug: String! rank: Int }
    `,
    fourth: `${federation}
      type Query { invoices: [Invoice!] }
      type Account @key(fields: "tax { country number }") @key(fields: "email") { email: String! tax: Tax! invoices: [Invoice] credit: Int }
      type Tax @shareable { country: String! number: Int! }
      type Invoice @key(fields: "id") { id: ID! account: Account order: Order! feature: Feature }
      type Order @key(fields: "buyer { email } line") { buyer: Account! line: Int! paid: Boolean }
      type Feature @key(fields: "id") @key(fields: "slug") { id: ID! slug: String! label: String }
    `,
  },
}
