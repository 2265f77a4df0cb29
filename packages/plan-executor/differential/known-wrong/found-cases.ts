import { federation } from '../supergraphs/federation.ts'
import type { KnownCase } from './known-case.ts'

const rooms = {
  rooms: `${federation}
    type Query { room: Room! suite: Suite! }
    interface Room @key(fields: "id") { id: ID! floor: Int! area: Int! next: Room! }
    type Suite implements Room @key(fields: "id") { id: ID! floor: Int! area: Int! next: Room! }
    type Office implements Room @key(fields: "id") { id: ID! floor: Int! area: Int! next: Room! }
  `,
  prices: `${federation}
    type Room @interfaceObject @key(fields: "id") {
      id: ID! floor: Int! @external area: Int! @external
      price: Int! @requires(fields: "floor") cleaning: Int! @requires(fields: "area")
    }
  `,
}

const parcels = {
  catalogue: `${federation}
    type Query { parcel: Parcel! }
    type Parcel @key(fields: "id") { id: ID! weight: Int! lists: [Int!]! }
  `,
  tariffs: `${federation}
    type Parcel @key(fields: "id") {
      id: ID! weight: Int! @external lists: [Int!]! @external
      class: String! @requires(fields: "weight") rates: Int! @requires(fields: "lists")
    }
  `,
  shipping: `${federation}
    type Query { shipped: Parcel! }
    type Parcel @key(fields: "id") { id: ID! weight: Int! @external handling: String @requires(fields: "weight") }
  `,
  insurance: `${federation}
    type Parcel @key(fields: "id") {
      id: ID! handling: String @external class: String! @external
      premium: Int @requires(fields: "handling class")
    }
  `,
}

const titles = {
  library: `${federation}
    type Query { loan(number: Int): Loan! }
    union Loan = Book | Film
    type Book @key(fields: "id") { id: ID! isNew: Boolean! @shareable }
    type Film @key(fields: "id") { id: ID! isNew: Boolean }
  `,
  reviews: `${federation}
    type Book @key(fields: "id") { id: ID! isNew: Boolean @shareable }
  `,
}

const floors = {
  plans: `${federation}
    type Query { house(number: Int): House! }
    type House @key(fields: "id") { id: ID! floors: [[Room!]!]! @shareable }
    type Room { area: Int! }
  `,
  furniture: `${federation}
    type House @key(fields: "id") { id: ID! floors: [[Room!]!]! @shareable }
    type Room { chairs: Int! }
  `,
}

/** What the generated operations have found @apollo/gateway or its planner to do wrong, at its smallest. */
export const foundCases: readonly KnownCase[] = [
  {
    name: 'an interface object says what the entity is in its place',
    query: '{ suite { __typename price } room { price } }',
    subgraphs: rooms,
    stock: 'wrong',
    ours: 'right',
  },
  {
    name: 'a field that has to be renamed, and is false',
    query:
      '{ a: loan(number: 1) { ...It } b: loan(number: 2) { ...It } c: loan(number: 3) { ...It } } fragment It on Loan { ... on Book { isNew } ... on Film { isNew } }',
    subgraphs: titles,
    stock: 'wrong',
    ours: 'right',
  },
  {
    name: 'lists of lists of objects that two subgraphs have parts of',
    query: '{ a: house(number: 1) { floors { area chairs } } b: house(number: 2) { floors { area chairs } } }',
    subgraphs: floors,
    stock: 'wrong',
    ours: 'right',
  },
  {
    name: 'what an interface object requires for one type is required for all',
    query: '{ suite { next { price ... on Office { cleaning } } } }',
    subgraphs: rooms,
    stock: 'wrong',
    ours: 'wrong',
  },
  {
    name: 'a required field with @requires of its own, in the subgraph that the entity is from',
    query: '{ shipped { premium } }',
    subgraphs: parcels,
    stock: 'wrong',
    ours: 'wrong',
  },
  {
    name: 'what a field requires that is left out, beside another of that subgraph',
    query: 'query ($no: Boolean!) { parcel { class rates @include(if: $no) } }',
    variables: { no: false },
    subgraphs: parcels,
    stock: 'wrong',
    ours: 'right',
  },
  {
    name: 'a selection that is empty by two conditions',
    query: 'query ($no: Boolean!) { parcel @skip(if: $no) { id @include(if: $no) } }',
    variables: { no: false },
    subgraphs: parcels,
    stock: 'wrong',
    ours: 'right',
  },
  {
    name: 'introspection within a fragment that has a condition',
    query: 'query ($yes: Boolean!) { ... @include(if: $yes) { __schema { queryType { name } } } parcel { id } }',
    variables: { yes: true },
    subgraphs: parcels,
    stock: 'refused',
    ours: 'right',
  },
  {
    name: 'a fragment on a type within one on its interface, of an object that is of that type anyway',
    query: '{ suite { ... on Room { ... on Suite { floor } } } }',
    subgraphs: rooms,
    stock: 'wrong',
    ours: 'right',
  },
]
