import { Refused } from '@cartograph/error-catalogue'
import { partnerScopes } from '@cartograph/viewer'
import { expect, test } from 'vitest'
import { checkPartner, type PartnerSettings } from './check-partner.ts'

test('names are trimmed, scopes sorted and each once, and what is not given stays so', () => {
  expect(checkPartner({ name: ' Acme ', scopes: ['orders:read', 'inventory:read', 'orders:read'] })).toEqual({
    name: 'Acme',
    scopes: ['inventory:read', 'orders:read'],
  })
  expect(checkPartner({})).toEqual({})
  expect(checkPartner({ scopes: [...partnerScopes].reverse() }).scopes).toEqual([...partnerScopes].sort())
})

test.each([
  { name: 'a', pointsPerMinute: 1 },
  { name: 'a'.repeat(100), pointsPerMinute: 1_000_000 },
])('the bounds are within: %o', (settings) => expect(checkPartner(settings)).toEqual(settings))

test('all that breaks a rule is told at once', () => {
  expect(problemsOf({ name: ' ', scopes: ['partners:write', 'orders:read'], pointsPerMinute: 0 })).toEqual([
    ['INVALID_INPUT', 'input.name'],
    ['INVALID_INPUT', 'input.scopes'],
    ['INVALID_INPUT', 'input.pointsPerMinute'],
  ])
  expect(problemsOf({ name: 'a\u0000b' })).toEqual([['INVALID_INPUT', 'input.name']])
  expect(problemsOf({ name: 'a'.repeat(101), pointsPerMinute: 1_000_001 })).toEqual([
    ['INVALID_INPUT', 'input.name'],
    ['INVALID_INPUT', 'input.pointsPerMinute'],
  ])
})

function problemsOf(settings: PartnerSettings) {
  try {
    return checkPartner(settings)
  } catch (error) {
    return (error as Refused).userErrors.map(({ code, path }) => [code, path?.join('.')])
  }
}
