import { buildSchema, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { selectedFields } from './selected-fields.ts'

const schema = buildSchema(`
  type Query { media: [Media] book: Book search: [Result] }
  interface Media { id: ID title: String }
  type Book implements Media { id: ID title: String pages: Int }
  type Film implements Media { id: ID title: String minutes: Int }
  union Result = Book | Film
`)

function fieldsOf(source: string, operationIndex = 0) {
  const document = parse(source)
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  const fields = selectedFields(schema, document, operations[operationIndex]!)
  return fields.map(({ typeName, fieldName, possibleTypes }) => `${typeName}.${fieldName} ${possibleTypes.join('|')}`)
}

test('each field once, whatever its alias, without introspection', () => {
  expect(
    fieldsOf('{ book { id a: title b: title __typename } again: book { pages } __schema { types { name } } }'),
  ).toEqual(['Query.book Query', 'Book.id Book', 'Book.title Book', 'Book.pages Book'])
})

test('those of an interface and of the objects behind it and behind a union are told apart', () => {
  expect(fieldsOf('{ media { title ... on Film { minutes title } } search { ... on Book { pages } } }')).toEqual([
    'Query.media Query',
    'Media.title Book|Film',
    'Film.minutes Film',
    'Film.title Film',
    'Query.search Query',
    'Book.pages Book',
  ])
})

test('of several operations the one that is run, with the fragments that it spreads, and what may be skipped', () => {
  const source = `
    query A { book { ...pages } }
    query B { book { ...titled @skip(if: true) } }
    fragment pages on Book { pages }
    fragment titled on Book { title }
  `
  expect(fieldsOf(source, 0)).toEqual(['Query.book Query', 'Book.pages Book'])
  expect(fieldsOf(source, 1)).toEqual(['Query.book Query', 'Book.title Book'])
})
