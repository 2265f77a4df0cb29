import { DeclaredPermissions, guestClaims } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { fieldInsights } from './field-insights.ts'
import { FieldOwners } from './field-owners.ts'

const supergraph = `
  enum join__Graph { A @join__graph(name: "a", url: "") B @join__graph(name: "b", url: "") }
  type Query @join__type(graph: A) @join__type(graph: B) {
    open: Int @join__field(graph: A)
    mine: Int @join__field(graph: B) @authenticated
    secret: Secret @join__field(graph: A) @authenticated @requiresScopes(scopes: [["a:read"], ["admin"]])
  }
  interface Thing @join__type(graph: A) { text: String }
  type Secret implements Thing @join__type(graph: A) @requiresScopes(scopes: [["b:read"]]) { text: String }
  type Plain implements Thing @join__type(graph: A) { text: String }
`
const owners = new FieldOwners(supergraph)
const permissions = new DeclaredPermissions(supergraph)
const user = { ...guestClaims('r'), kind: 'user' as const, id: 'u', scopes: ['admin', 'b:read'] }

const insightsOf = (viewer = user, ...fields: [type: string, field: string, possible?: string[]][]) =>
  fieldInsights(
    fields.map(([typeName, fieldName, possibleTypes = [typeName]]) => ({ typeName, fieldName, possibleTypes })),
    owners,
    (typeName, fieldName) => permissions.ofField(typeName, fieldName),
    viewer,
  )

test('a field has owners, and a permission where one is declared', () => {
  expect(insightsOf(user, ['Query', 'open'], ['Query', 'mine'])).toEqual([
    { coordinate: 'Query.open', owners: ['a'], permission: null },
    { coordinate: 'Query.mine', owners: ['b'], permission: { authenticated: true, scopes: [], isGranted: true } },
  ])
})

test('scopes that the field and its type ask for are needed together', () => {
  const permission = {
    authenticated: true,
    scopes: [
      ['a:read', 'b:read'],
      ['admin', 'b:read'],
    ],
  }
  const ofSecret = (isGranted: boolean) => [
    { coordinate: 'Query.secret', owners: ['a'], permission: { ...permission, isGranted } },
  ]
  expect(insightsOf(user, ['Query', 'secret'])).toEqual(ofSecret(true))
  expect(insightsOf({ ...user, scopes: ['a:read'] }, ['Query', 'secret'])).toEqual(ofSecret(false))
})

test('a field of an interface is followed by those of the objects that need something', () => {
  expect(insightsOf(user, ['Thing', 'text', ['Plain', 'Secret']])).toEqual([
    { coordinate: 'Thing.text', owners: ['a'], permission: null },
    {
      coordinate: 'Secret.text',
      owners: ['a'],
      permission: { authenticated: false, scopes: [['b:read']], isGranted: true },
    },
  ])
})
