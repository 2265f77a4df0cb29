import { guestClaims, type ViewerClaims } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { DeclaredPermissions } from './declared-permissions.ts'

const permissions = new DeclaredPermissions(`
  type Query {
    open: Int
    mine: Int @authenticated
    staff: Int @requiresScopes(scopes: [["a:read"], ["b:read", "c:read"]])
    both: Int @authenticated @requiresScopes(scopes: [["a:read"]])
    secrets: [Secret!]!
    grade: Grade
  }
  type Secret @requiresScopes(scopes: [["b:read"]]) { id: ID! text: String @requiresScopes(scopes: [["c:read"]]) }
  enum Grade @authenticated { A B }
`)
const fields = [
  'Query.open',
  'Query.mine',
  'Query.staff',
  'Query.both',
  'Query.secrets',
  'Query.grade',
  'Secret.id',
  'Secret.text',
]

const allowedTo = (viewer: ViewerClaims) => {
  const isRefused = permissions.refusalsOf(viewer)
  return fields.filter((coordinate) => !isRefused(...(coordinate.split('.') as [string, string])))
}
const user = (...scopes: string[]): ViewerClaims => ({ ...guestClaims('r'), kind: 'user', id: 'u', scopes })

test('permissions of a field, of the type that has it and of the type it gives must all be granted', () => {
  expect(allowedTo(guestClaims('r'))).toEqual(['Query.open'])
  expect(allowedTo(user())).toEqual(['Query.open', 'Query.mine', 'Query.grade'])
  expect(allowedTo(user('a:read'))).toEqual(['Query.open', 'Query.mine', 'Query.staff', 'Query.both', 'Query.grade'])
  expect(allowedTo(user('b:read'))).toEqual(['Query.open', 'Query.mine', 'Query.secrets', 'Query.grade', 'Secret.id'])
  expect(allowedTo(user('b:read', 'c:read'))).toEqual(fields.filter((field) => field !== 'Query.both'))
})

test('a scope without a user is no sign-in', () => {
  expect(allowedTo({ ...guestClaims('r'), scopes: ['a:read'] })).toEqual(['Query.open', 'Query.staff'])
})
