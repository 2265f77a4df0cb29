import { guestClaims, type Role, scopesOfRole, scopesOfRoles } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { mayInspect } from './may-inspect.ts'

const withScopes = (...scopes: string[]) => ({ ...guestClaims('r'), kind: 'user' as const, id: 'u', scopes })

test('where there is a playground everybody may inspect', () => {
  expect(mayInspect(guestClaims('r'), true)).toBe(true)
})

test('elsewhere only who has the scope may', () => {
  expect(mayInspect(guestClaims('r'), false)).toBe(false)
  expect(mayInspect(withScopes('audit:read', 'users:read', 'insight', 'read'), false)).toBe(false)
  expect(mayInspect(withScopes('audit:read', 'insight:read'), false)).toBe(true)
})

test('of the roles ADMIN alone has it', () => {
  const roles = Object.keys(scopesOfRole) as Role[]
  expect(roles.filter((role) => mayInspect(withScopes(...scopesOfRoles([role])), false))).toEqual(['ADMIN'])
})
