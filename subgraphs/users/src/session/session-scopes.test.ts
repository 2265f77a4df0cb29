import { scopesOfRoles } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { sessionScopes } from './session-scopes.ts'

const roles = ['CUSTOMER', 'SUPPORT', 'WAREHOUSE'] as const
const all = scopesOfRoles(roles)

test.each([
  ['anywhere', null, all],
  ['anywhere', 'work', all],
  ['provider', null, []],
  ['provider', 'work', all],
] as const)('staff signs in %s; a session of provider %s has the scopes %j', (staffSignIn, provider, expected) => {
  expect(sessionScopes(roles, provider, staffSignIn)).toEqual(expected)
})
