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
  ...Object.fromEntries(
    ['CARTS', 'ORDERS', 'RECOMMENDATIONS'].flatMap((name) => [
      [`${name}_URL`, 'http://127.0.0.1:1'],
      [`${name}_SIGNING_SECRET`, secret],
    ]),
  ),
}
const sells = { NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example' }
const sold = { ...sells, STORE_URL: 'https://shop.example/' }
const locally = { NODE_ENV: 'development', MAILBOX_DIR: '/tmp/m' }
const parse = (variables: Record<string, string>) => parseEnvironment(usersEnvironment, { ...base, ...variables })

test.each([
  ['as it is given', { ...sells, STORE_URL: 'https://shop.example/' }, 'https://shop.example/'],
  ['with a slash at its end', { ...sells, STORE_URL: 'https://shop.example/en' }, 'https://shop.example/en/'],
  ['on one’s own machine', { NODE_ENV: 'development', MAILBOX_DIR: '/tmp/m' }, 'http://127.0.0.1:4000/'],
  [
    'where nothing is sold',
    { NODE_ENV: 'production', DEMONSTRATION: 'true', MAILBOX_DIR: '/tmp/m', STORE_URL: '' },
    'http://127.0.0.1:4000/',
  ],
])('mails link to the shop front, %s', (_, variables, expected) => {
  expect(parse(variables).STORE_URL).toBe(expected)
})

test.each([
  ['no shop front', sells, 'STORE_URL: is missing'],
  ['a shop front that is none', { ...sells, STORE_URL: 'shop' }, 'STORE_URL: '],
  ['mails that go nowhere', { NODE_ENV: 'production', STORE_URL: 'https://shop.example/' }, 'SMTP_URL: '],
])('refuses %s, by name', (_, variables, message) => {
  expect(() => parse(variables)).toThrow(message)
})

test('tries from one address are limited in production, and on one’s own machine only when that is asked for', () => {
  expect(parse(sold).TRIES_PER_ADDRESS).toBe(60)
  expect(parse({ ...sold, TRIES_PER_ADDRESS: '' }).TRIES_PER_ADDRESS).toBe(60)
  expect(parse({ ...locally }).TRIES_PER_ADDRESS).toBe(1_000_000)
  expect(parse({ ...locally, TRIES_PER_ADDRESS: '5' }).TRIES_PER_ADDRESS).toBe(5)
})

test('all gateways are told, or none', () => {
  const urls = 'http://gateway-1:4000, http://gateway-2:4000'
  expect(parse({ ...locally, GATEWAY_URL: urls, GATEWAY_SIGNING_SECRET: secret }).GATEWAY_URL).toEqual([
    'http://gateway-1:4000',
    'http://gateway-2:4000',
  ])
  expect(parse({ ...locally, GATEWAY_URL: '', GATEWAY_SIGNING_SECRET: '' }).GATEWAY_URL).toBeUndefined()
})

test.each<[string, Record<string, string>]>([
  ['GATEWAY_SIGNING_SECRET: and GATEWAY_URL go together', { GATEWAY_URL: 'http://gateway:4000' }],
  ['GATEWAY_SIGNING_SECRET: and GATEWAY_URL go together', { GATEWAY_SIGNING_SECRET: secret }],
  ['GATEWAY_SIGNING_SECRET: is shorter', { GATEWAY_URL: 'http://gateway:4000', GATEWAY_SIGNING_SECRET: 'short' }],
  ['GATEWAY_URL.1: is missing or not', { GATEWAY_URL: 'http://gateway:4000,nonsense', GATEWAY_SIGNING_SECRET: secret }],
  ['TRIES_PER_ADDRESS', { TRIES_PER_ADDRESS: '0' }],
])('does not start: %s', (message, variables) => {
  expect(() => parse({ ...locally, ...variables })).toThrow(message)
})
