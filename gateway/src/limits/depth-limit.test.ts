import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { depthLimit } from './depth-limit.ts'

const schema = buildSchema('type Query { a: Query b: String }')
const messages = (source: string) => validate(schema, parse(source), [depthLimit(3)]).map((error) => error.message)
const refused = (depth: number) => [`The operation nests ${depth} levels of fields; at most 3 are allowed.`]

test('counts fields, and neither fragments nor introspection', () => {
  expect(messages('{ a { a { b } } }')).toEqual([])
  expect(messages('{ a { a { a { b } } } }')).toEqual(refused(4))
  expect(messages('{ ... { ... on Query { a { ...F } } } } fragment F on Query { a { b } }')).toEqual([])
  expect(messages('{ a { ...F } } fragment F on Query { a { ...G } } fragment G on Query { a { b } }')).toEqual(
    refused(4),
  )
  expect(messages('{ __schema { types { fields { type { ofType { name } } } } } }')).toEqual([])
})

test('fragments that repeat or go round take no time', () => {
  const chain = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ')
  expect(messages(`{ ...F0 } ${chain} fragment F60 on Query { a { a { a { b } } } }`)).toEqual(refused(4))
  expect(messages('{ ...F } fragment F on Query { a { ...F } }')).toEqual([])
})
