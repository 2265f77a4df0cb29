import { buildASTSchema, Kind, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { OperationCosts } from './operation-costs.ts'

const directives = (cost: string, listSize: string) => `
  directive @link(url: String, as: String, import: [Import]) repeatable on SCHEMA
  scalar Import
  directive @${cost}(weight: Weight) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  scalar Weight
  directive @${listSize}(
    assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true
  ) on FIELD_DEFINITION
`
const schemaOf = (cost = 'cost', listSize = 'listSize') => `
  type Query {
    thing: Thing
    name: String
    things: [Thing!]!
    few: [Thing] @${listSize}(assumedSize: 3)
    page(first: Int, last: Int): [Thing!] @${listSize}(slicingArguments: ["first", "last"], assumedSize: 7, requireOneSlicingArgument: false)
    usual(first: Int = 4): [Thing] @${listSize}(slicingArguments: ["first"])
    exactly(first: Int, last: Int): [Thing] @${listSize}(slicingArguments: ["first", "last"])
    byIds(ids: [ID!]!): [Thing]! @${listSize}(assumedSize: 100)
    within(page: Page): [Thing] @${listSize}(slicingArguments: ["page.slice.first"], requireOneSlicingArgument: false, assumedSize: 2)
    connection(first: Int = 5): Connection @${listSize}(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])
    search(text: String @${cost}(weight: 2), filter: Filter, all: [Filter!] @${cost}(weight: 20), kind: Kind): Heavy
    named: Named
    either: Either
    slow: String @${cost}(weight: "2.5")
    blob: Blob
  }
  type Mutation { change: Thing send(filters: [Filter!]!): String }
  type Thing { name: String other: Thing few: [Thing] @${listSize}(assumedSize: 3) page(first: Int = 2): [Thing] @${listSize}(slicingArguments: ["first"]) }
  type Connection { total: Int @${cost}(weight: 5) edges: [Edge!]! nodes: [Thing!]! notes: [Thing] }
  type Edge { node: Thing! }
  type Heavy implements Named @${cost}(weight: 6) { name: String @${cost}(weight: 3) few: [Thing] @${listSize}(assumedSize: 4) }
  type Light implements Named { name: String few: [Thing] }
  interface Named { name: String few: [Thing] }
  union Either = Thing | Heavy
  input Page { slice: Slice = { first: 6 } }
  input Slice { first: Int }
  input Filter { text: String min: Int @${cost}(weight: 4) and: [Filter!] }
  enum Kind @${cost}(weight: 7) { A B }
  scalar Blob @${cost}(weight: 8)
`

function costsOf(header = '', cost = 'cost', listSize = 'listSize') {
  const sdl = `${header} ${directives(cost, listSize)} ${schemaOf(cost, listSize)}`
  const schema = buildASTSchema(parse(sdl))
  const costs = new OperationCosts(sdl, schema)
  return (source: string, variables?: Record<string, unknown>) => {
    const document = parse(source)
    expect(validate(schema, document)).toEqual([])
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!
    return costs.costOf(document, operation, variables)
  }
}
const costOf = costsOf()

test.each([
  ['a scalar is free', '{ name }', 0],
  ['an object costs 1', '{ thing { name other { name } } }', 2],
  ['__typename is free, and so is introspection', '{ __typename thing { __typename } __schema { types { name } } }', 1],
  ['a mutation costs 10', 'mutation { change { name } }', 11],
  ['the weight of a field takes the place of that of its type', '{ slow }', 2.5],
  ['the weight of a type', '{ search { name } }', 9],
  ['the weight of a scalar', '{ blob }', 8],
  [
    'an interface weighs what its heaviest type weighs, and its fields too',
    '{ named { name few { name } } }',
    6 + 3 + 4,
  ],
  ['so does a union', '{ either { ... on Thing { other { name } } ... on Heavy { name } } }', 6 + 1 + 3],
  ['an alias costs what a field does', '{ a: thing { name } b: thing { name } }', 2],
])('%s', (_, source, cost) => expect(costOf(source)).toBe(cost))

describe('lists', () => {
  test.each([
    ['of which nothing is said have 10 items', '{ things { name other { name } } }', 20],
    ['have as many as is assumed', '{ few { few { name } } }', 3 * (1 + 3)],
    ['have as many as are asked for', '{ page(first: 100) { other { name } } }', 200],
    ['have the larger of what is asked for', '{ page(first: 3, last: 30) { name } }', 30],
    ['have none where none is asked for', '{ page(first: 0) { few { name } } }', 0],
    ['have none where less than none is asked for', '{ page(first: -5) { few { name } } }', 0],
    ['where nothing is asked for have what is assumed', '{ page { name } p: page(first: null) { name } }', 14],
    ['have the default of the argument', '{ usual { name } }', 4],
    ['nested multiply', '{ page(first: 10) { page(first: 10) { page(first: 10) { name } } } }', 10 + 100 + 1000],
  ])('%s', (_, source, cost) => expect(costOf(source)).toBe(cost))

  test('of what ids identify are as long as the list of ids', () => {
    expect(costOf('{ byIds(ids: ["a", "b", "c"]) { other { name } } }')).toBe(3 * 2)
    expect(costOf('{ byIds(ids: "a") { name } none: byIds(ids: []) { name } }')).toBe(1)
    const source = 'query ($ids: [ID!]!, $id: ID!) { byIds(ids: $ids) { name } both: byIds(ids: [$id, $id]) { name } }'
    expect(costOf(source, { ids: Array.from({ length: 500 }, () => 'a'), id: 'a' })).toBe(500 + 2)
    expect(costOf(source, { ids: 'a', id: 'a' })).toBe(1 + 2)
  })

  test.each([
    ['{ within(page: { slice: { first: 9 } }) { name } }', {}, 2 + 9],
    ['{ within { name } }', {}, 2],
    ['{ within(page: {}) { name } }', {}, 1 + 6],
    ['{ within(page: null) { name } }', {}, 2],
    ['{ within(page: { slice: null }) { name } }', {}, 1 + 2],
    ['query ($page: Page) { within(page: $page) { name } }', { page: { slice: { first: 9 } } }, 2 + 9],
    ['query ($slice: Slice) { within(page: { slice: $slice }) { name } }', { slice: { first: 9 } }, 2 + 9],
    ['query ($first: Int) { within(page: { slice: { first: $first } }) { name } }', { first: 9 }, 2 + 9],
    ['query ($page: Page = { slice: { first: 8 } }) { within(page: $page) { name } }', {}, 2 + 8],
  ])('a slicing argument within an input object: %s %j', (source, variables, cost) =>
    expect(costOf(source, variables)).toBe(cost),
  )

  test('of a connection are as long as its slicing argument says, by whichever field, also in fragments', () => {
    expect(costOf('{ connection(first: 20) { edges { node { name } } } }')).toBe(1 + 20 * 2)
    expect(costOf('{ connection { total nodes { name } } }')).toBe(1 + 5 + 5)
    expect(costOf('{ connection(first: 20) { notes { name } } }')).toBe(1 + 10)
    expect(
      costOf(
        '{ connection(first: 20) { ...C ... { nodes { name } } } } fragment C on Connection { edges { node { few { name } } } }',
      ),
    ).toBe(1 + 20 * (2 + 3) + 20)
  })

  test('of which exactly one size must be asked for are refused where it is none, or two', () => {
    const refusal = 'exactly takes exactly one of: first, last.'
    expect(costOf('{ exactly(last: 2) { name } }')).toBe(2)
    expect(() => costOf('{ exactly { name } }')).toThrow(refusal)
    expect(() => costOf('{ exactly(first: 1, last: 1) { name } }')).toThrow(refusal)
    const source = 'query ($first: Int, $last: Int) { exactly(first: $first, last: $last) { name } }'
    expect(costOf(source, { first: 3, last: null })).toBe(3)
    expect(() => costOf(source, { first: 3, last: 3 })).toThrow(refusal)
  })
})

describe('arguments', () => {
  test.each([
    ['with a weight cost it, once', '{ a: search(text: "x") { few { name } } }', {}, 6 + 4 + 2],
    [
      'that are input objects cost 1 and what their fields weigh',
      '{ search(filter: { text: "x", min: 1 }) { few { name } } }',
      {},
      10 + 1 + 4,
    ],
    [
      'that hold input objects count each',
      '{ search(filter: { and: [{ min: 1 }, {}] }) { few { name } } }',
      {},
      10 + 1 + 5 + 1,
    ],
    [
      'that are lists with a weight cost it, and what they hold',
      '{ search(all: [{ min: 1 }, { text: "x" }]) { few { name } } }',
      {},
      10 + 20 + 4,
    ],
    ['that are null cost nothing', '{ search(text: null, filter: null) { few { name } } }', {}, 10],
    ['of an enum with a weight cost it', '{ search(kind: A) { few { name } } }', {}, 10 + 7],
    [
      'that are variables cost what these hold',
      'query ($f: Filter, $t: String) { search(filter: $f, text: $t) { few { name } } }',
      { f: { and: [{ min: 1 }] } },
      10 + 1 + 5,
    ],
    ['that hold variables', 'query ($n: Int) { search(filter: { min: $n }) { few { name } } }', { n: 1 }, 10 + 1 + 4],
    ['of mutations', 'mutation ($f: [Filter!]!) { send(filters: $f) }', { f: [{}, {}, { min: 3 }] }, 10 + 3 + 4],
  ])('%s', (_, source, variables, cost) => expect(costOf(source, variables)).toBe(cost))
})

test('variables and their defaults decide each time, and what is left out is free', () => {
  const source =
    'query ($n: Int = 6, $with: Boolean!) { page(first: $n) @include(if: $with) { few @skip(if: true) { name } name } }'
  expect(costOf(source, { with: true })).toBe(6)
  expect(costOf(source, { with: true, n: 50 })).toBe(50)
  expect(costOf(source, { with: true, n: null })).toBe(7)
  expect(costOf(source, { with: true, n: 'six' })).toBe(7)
  expect(costOf(source, { with: false, n: 50 })).toBe(0)
  const requiring = 'query ($with: Boolean!) { exactly @include(if: $with) { name } }'
  expect(costOf(requiring, { with: false })).toBe(0)
})

test('the directives are found by the names that composition gives them', () => {
  const link = (more: string) =>
    `schema @link(url: "https://specs.apollo.dev/cost/v0.1"${more}) { query: Query mutation: Mutation }`
  const source = '{ slow few { name } }'
  const renamed = link(
    ', import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@federation__listSize" }]',
  )
  expect(costsOf(renamed, 'price', 'federation__listSize')(source)).toBe(5.5)
  expect(costsOf(link(', import: ["@listSize"]'))(source)).toBe(5.5)
  expect(costsOf(link(''), 'cost', 'cost__listSize')(source)).toBe(5.5)
  expect(costsOf(link(', as: "money"'), 'money', 'money__listSize')(source)).toBe(5.5)
})
