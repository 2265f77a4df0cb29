import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import type { Data } from './data.ts'
import { unifyDuplicates } from './duplicates.ts'
import { compileIdentity } from './representation.ts'

const schema = buildSchema('type Query { a: Int } type User { id: ID name: String reviews: [Int] }')
const identity = compileIdentity(schema, {
  kind: 'Fetch',
  serviceName: 'users',
  requires: [
    {
      kind: 'InlineFragment',
      typeCondition: 'User',
      selections: [
        { kind: 'Field', name: '__typename' },
        { kind: 'Field', name: 'id' },
      ],
    },
  ],
  operation: '',
  operationName: undefined,
  operationKind: 'query' as never,
})
const user = (id: string, rest: Data = {}): Data => ({ __typename: 'User', id, ...rest })

test('entities that are the same in every word become one object, wherever they stand', () => {
  const data = { reviews: [{ author: user('1') }, { author: user('2') }, null, { author: user('1') }] }
  const shared = new Set<unknown>()
  unifyDuplicates([data], [{ path: ['reviews', '@', 'author'], identity }], shared)
  const [first, second, , third] = data.reviews
  expect(third!.author).toBe(first!.author)
  expect(second!.author).not.toBe(first!.author)
  expect([...shared]).toEqual([user('1')])
  expect(JSON.stringify(data)).toBe(
    JSON.stringify({ reviews: [{ author: user('1') }, { author: user('2') }, null, { author: user('1') }] }),
  )
})

test('entities of which an answer says different things stay apart', () => {
  const data = { users: [user('1', { name: 'a' }), user('1', { name: null }), user('1', { name: 'a', reviews: [1] })] }
  const before = JSON.stringify(data)
  const shared = new Set<unknown>()
  unifyDuplicates([data], [{ path: ['users', '@'], identity }], shared)
  expect(new Set(data.users).size).toBe(3)
  expect(shared.size).toBe(0)
  expect(JSON.stringify(data)).toBe(before)
})

test('those in lists of lists, and in lists that several objects already share, are found as well', () => {
  const list = [user('1'), user('1')]
  const data = { grid: [[user('2'), user('2')], [user('2')]], one: { list }, two: { list } }
  unifyDuplicates([data], [{ path: ['grid', '@', '@'], identity }], new Set())
  expect(new Set(data.grid.flat()).size).toBe(1)
  unifyDuplicates([data.one, data.two], [{ path: ['list', '@'], identity }], new Set())
  expect(list[1]).toBe(list[0])
})
