import { parseEnvironment } from '@cartograph/service-runtime'
import { expect, test } from 'vitest'
import { usersEnvironment } from './env.ts'

const secret = 'a secret of at least thirty-two characters'
const key = { kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'd', kid: 'k' }
const base = {
  PORT: '0',
  DATABASE_URL: 'postgresql://users@127.0.0.1/users',
  SIGNING_SECRETS: secret,
  ACCESS_TOKEN_KEYS: JSON.stringify([key]),
}
const parsed = (variables: Record<string, string>) => parseEnvironment(usersEnvironment, { ...base, ...variables })

test('tries from one address are limited in production, and on one’s own machine only when that is asked for', () => {
  expect(parsed({}).TRIES_PER_ADDRESS).toBe(60)
  expect(parsed({ TRIES_PER_ADDRESS: '' }).TRIES_PER_ADDRESS).toBe(60)
  expect(parsed({ NODE_ENV: 'development' }).TRIES_PER_ADDRESS).toBe(1_000_000)
  expect(parsed({ NODE_ENV: 'development', TRIES_PER_ADDRESS: '5' }).TRIES_PER_ADDRESS).toBe(5)
})

test('all gateways are told, or none', () => {
  const urls = 'http://gateway-1:4000, http://gateway-2:4000'
  expect(parsed({ GATEWAY_URL: urls, GATEWAY_SIGNING_SECRET: secret }).GATEWAY_URL).toEqual([
    'http://gateway-1:4000',
    'http://gateway-2:4000',
  ])
  expect(parsed({ GATEWAY_URL: '', GATEWAY_SIGNING_SECRET: '' }).GATEWAY_URL).toBeUndefined()
})

test.each<[string, Record<string, string>]>([
  ['GATEWAY_SIGNING_SECRET: and GATEWAY_URL go together', { GATEWAY_URL: 'http://gateway:4000' }],
  ['GATEWAY_SIGNING_SECRET: and GATEWAY_URL go together', { GATEWAY_SIGNING_SECRET: secret }],
  ['GATEWAY_SIGNING_SECRET: is shorter', { GATEWAY_URL: 'http://gateway:4000', GATEWAY_SIGNING_SECRET: 'short' }],
  ['GATEWAY_URL.1: is missing or not', { GATEWAY_URL: 'http://gateway:4000,nonsense', GATEWAY_SIGNING_SECRET: secret }],
  ['TRIES_PER_ADDRESS', { TRIES_PER_ADDRESS: '0' }],
])('does not start: %s', (message, variables) => {
  expect(() => parsed(variables)).toThrow(message)
})
