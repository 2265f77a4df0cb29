import { federation } from './federation.ts'

/**
 * Interfaces and unions across subgraphs. `title` is nullable in one of them, so the same response name has two types
 * within one fetch; `Video` is no member of a union in one of them.
 */
export const media = {
  name: 'media',
  depth: 4,
  isAlwaysTruthy: true,
  subgraphs: {
    library: `${federation}
      type Query {
        shelf(first: Int = 3, tags: [Tag!], filter: Filter): [Item!]!
        favourite: Item
        search(text: String!): [Result]
        owner(id: ID!): Owner
      }
      enum Tag { NEW OLD "Never seen by a client." SECRET @inaccessible }
      input Filter { tag: Tag = NEW, years: [Int!], not: Filter }
      interface Item { id: ID! title: String owner: Owner related(first: Int): [Item] tags: [Tag!] }
      interface Playable implements Item {
        id: ID! title: String owner: Owner related(first: Int): [Item] tags: [Tag!] minutes: Int!
      }
      type Book implements Item @key(fields: "id") {
        id: ID! title: String! @shareable owner: Owner related(first: Int): [Item] tags: [Tag!] pages: Int author: Person
      }
      type Video implements Item & Playable @key(fields: "id") {
        id: ID! title: String @shareable owner: Owner related(first: Int): [Item] tags: [Tag!] minutes: Int! stars: [Person!]
      }
      type Song implements Item & Playable @key(fields: "id") {
        id: ID! title: String owner: Owner related(first: Int): [Item] tags: [Tag!] minutes: Int! singer: Person!
      }
      type Person @key(fields: "id") { id: ID! name: String! @shareable }
      union Owner = Person | Company
      type Company @key(fields: "id") { id: ID! name: String @shareable }
      union Result = Book | Video | Person
    `,
    reviews: `${federation}
      type Query { latest: [Reviewed!] top: Reviewed }
      union Reviewed = Book | Video | Song
      interface Rated { rating: Float reviews(first: Int = 2): [Review!]! }
      type Book implements Rated @key(fields: "id") {
        id: ID! title: String @shareable rating: Float reviews(first: Int = 2): [Review!]!
      }
      type Video implements Rated @key(fields: "id") {
        id: ID! title: String! @shareable rating: Float reviews(first: Int = 2): [Review!]!
      }
      type Song implements Rated @key(fields: "id") { id: ID! rating: Float reviews(first: Int = 2): [Review!]! }
      type Review { text: String! stars: Int! by: Person! about: Reviewed matrix: [[Int!]!] }
      type Person @key(fields: "id") { id: ID! reviews: [Review] favourites: [[Reviewed]] }
    `,
    people: `${federation}
      type Query { people: [Being!]! }
      interface Being { name: String }
      type Person implements Being @key(fields: "id") { id: ID! name: String! @shareable friends: [Person!]! employer: Company }
      type Company implements Being @key(fields: "id") { id: ID! name: String @shareable staff(first: Int!): [Person] }
    `,
  },
}
