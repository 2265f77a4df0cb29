import { federation } from './federation.ts'

/** A requires B requires C; nested objects, lists, abstract types and null among what is required. */
export const requiresChain = {
  name: 'requires-chain',
  depth: 4,
  subgraphs: {
    catalogue: `${federation}
      type Query { parcels(first: Int): [Parcel!]! parcel: Parcel }
      type Parcel @key(fields: "id") {
        id: ID! weight: Int size: Size sizes: [Size!] contents: [Content] origin: Place lists: [[Int]]
      }
      type Size { width: Float! height: Float unit: Unit! }
      enum Unit { CM INCH }
      union Content = Toy | Food
      type Toy { name: String! }
      type Food { calories: Int }
      interface Place { code: String }
      type Port implements Place { code: String depth: Int }
      type Airport implements Place { code: String runways: [String!] }
    `,
    tariffs: `${federation}
      type Parcel @key(fields: "id") {
        id: ID! weight: Int @external size: Size @external lists: [[Int]] @external
        class: String @requires(fields: "weight size { width unit }")
        rates: [Rate] @requires(fields: "lists")
      }
      type Size @external { width: Float! unit: Unit! }
      enum Unit { CM INCH }
      type Rate { amount: Float! zone: Zone }
      type Zone @key(fields: "code") { code: Int! name: String! }
    `,
    shipping: `${federation}
      type Query { fleet: [Ship] }
      type Parcel @key(fields: "id") {
        id: ID! class: String @external sizes: [Size!] @external contents: [Content] @external origin: Place @external
        rates: [Rate] @external
        price(express: Boolean! = false, currency: String): Float @requires(fields: "class sizes { height width }")
        handling: Handling! @requires(fields: "contents { ... on Toy { name } ... on Food { calories } }")
        route: [Ship!] @requires(fields: "origin { code ... on Airport { runways } } rates { amount zone { code } }")
      }
      type Size @external { width: Float! height: Float }
      union Content = Toy | Food
      type Toy { name: String! @external }
      type Food { calories: Int @external }
      interface Place { code: String }
      type Port implements Place { code: String @external }
      type Airport implements Place { code: String @external runways: [String!] @external }
      type Rate @external { amount: Float! zone: Zone }
      type Zone @key(fields: "code") { code: Int! name: String! @external ships: [Ship] @requires(fields: "name") }
      type Handling { fragile: Boolean! notes: [String] }
      type Ship @key(fields: "id") { id: ID! parcels: [Parcel!] }
    `,
    insurance: `${federation}
      type Parcel @key(fields: "id") {
        id: ID! class: String @external rates: [Rate] @external
        premium: Int! @requires(fields: "rates { amount } class")
        insured: Boolean @requires(fields: "class")
      }
      type Rate @external { amount: Float! }
      type Ship @key(fields: "id") { id: ID! premium: Int }
    `,
  },
}
