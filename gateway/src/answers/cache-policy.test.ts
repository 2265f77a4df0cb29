import { buildSchema, type DocumentNode, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { CachePolicies } from './cache-policy.ts'

const sdl = `
  directive @cacheControl(maxAge: Int, scope: Scope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum Scope { PUBLIC PRIVATE }
  type Query {
    version: String
    kept: String @cacheControl(maxAge: 240)
    book: Book
    oldBook: Book @cacheControl(maxAge: 1000)
    plain: Plain
    keptPlain: Plain @cacheControl(maxAge: 100)
    mine: Book @cacheControl(scope: PRIVATE)
    readable: Readable
    item: Item
    mixed: Mixed
    node: Node @cacheControl(maxAge: 30)
  }
  interface Readable { title: String, pages: Int }
  interface Node @cacheControl(maxAge: 20) { id: ID }
  type Book implements Readable & Node @cacheControl(maxAge: 60) {
    id: ID
    title: String
    pages: Int
    stock: Int @cacheControl(maxAge: 5)
    cost: Int
    price: Money @cacheControl(inheritMaxAge: true)
    part: Part
    plain: Plain
    next: Book
  }
  type Film implements Readable @cacheControl(maxAge: 40) { title: String, pages: Int @cacheControl(maxAge: 3) }
  type Money { amount: String }
  type Part @cacheControl(inheritMaxAge: true) { name: String, secret: String @cacheControl(scope: PRIVATE) }
  type Plain { name: String, book: Book }
  union Item = Book | Film
  union Mixed = Book | Plain
`
const schema = buildSchema(sdl)
const policies = new CachePolicies(sdl, schema, (type, field) => `${type}.${field}` === 'Book.cost')

function policyOf(document: DocumentNode, name?: string) {
  const operation = document.definitions.find(
    (node) => node.kind === Kind.OPERATION_DEFINITION && (name === undefined || node.name?.value === name),
  )
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('There is no such operation.')
  return policies.of(document, operation)
}

test.each([
  ['a root field that says nothing', '{ version }', 0, 'PUBLIC'],
  ['a root field that says something', '{ kept }', 240, 'PUBLIC'],
  ['nothing but the name of the type', '{ __typename }', 0, 'PUBLIC'],
  ['the name of the type beside a field', '{ kept __typename }', 240, 'PUBLIC'],
  ['introspection', '{ kept __schema { queryType { name } } }', 0, 'PUBLIC'],
  ['an object by its type', '{ book { title } }', 60, 'PUBLIC'],
  ['a field before its type', '{ oldBook { title } }', 1_000, 'PUBLIC'],
  ['the least of several root fields', '{ kept oldBook { title } book { title } }', 60, 'PUBLIC'],
  ['a scalar that says less than its object', '{ book { stock } }', 5, 'PUBLIC'],
  ['an object of which nothing is said', '{ plain { name } }', 0, 'PUBLIC'],
  ['an object of which the field says something', '{ keptPlain { name } }', 100, 'PUBLIC'],
  ['an object of which nothing is said, within one', '{ book { plain { name } } }', 0, 'PUBLIC'],
  ['an object below that', '{ keptPlain { book { title } } }', 60, 'PUBLIC'],
  ['a field that is as good as its parent', '{ book { price { amount } } }', 60, 'PUBLIC'],
  ['a type that is as good as its parent', '{ book { part { name } } }', 60, 'PUBLIC'],
  ['a private field', '{ mine { title } }', 60, 'PRIVATE'],
  ['a private scalar', '{ book { part { secret } } }', 60, 'PRIVATE'],
  ['a field that needs a permission', '{ book { cost } }', 60, 'PRIVATE'],
  ['an interface by the types it may be', '{ readable { title } }', 40, 'PUBLIC'],
  ['a field of an interface by the types it may be', '{ readable { pages } }', 3, 'PUBLIC'],
  ['an interface that says something itself', '{ node { id } }', 30, 'PUBLIC'],
  ['a union', '{ item { ... on Book { title } } }', 40, 'PUBLIC'],
  ['a union with a type of which nothing is said', '{ mixed { ... on Book { title } } }', 0, 'PUBLIC'],
  ['what may be left out', 'query ($no: Boolean!) { book { title stock @include(if: $no) } }', 5, 'PUBLIC'],
  ['a fragment', '{ ...A } fragment A on Query { book { ...B } } fragment B on Book { stock }', 5, 'PUBLIC'],
  ['an inline fragment', '{ ... { book { ... on Book { cost } } } }', 60, 'PRIVATE'],
])('%s', (_, query, maxAge, scope) => {
  expect(policyOf(parse(query))).toEqual({ maxAge, scope })
})

test('of several operations only the one that runs counts, with the fragments that it spreads', () => {
  const document = parse(`
    query A { book { ...Title } } query B { book { ...Cost } }
    fragment Title on Book { title } fragment Cost on Book { cost stock }
  `)
  expect(policyOf(document, 'A')).toEqual({ maxAge: 60, scope: 'PUBLIC' })
  expect(policyOf(document, 'B')).toEqual({ maxAge: 5, scope: 'PRIVATE' })
})
