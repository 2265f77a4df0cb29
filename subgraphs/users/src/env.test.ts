import { parseEnvironment } from '@cartograph/service-runtime'
import { expect, test } from 'vitest'
import { usersEnvironment } from './env.ts'

const key = { kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'd', kid: 'k' }
const base = {
  PORT: '0',
  DATABASE_URL: 'postgresql://users@127.0.0.1/users',
  SIGNING_SECRETS: 'a secret of at least thirty-two characters',
  ACCESS_TOKEN_KEYS: JSON.stringify([key]),
  ...Object.fromEntries(
    ['CARTS', 'ORDERS', 'RECOMMENDATIONS'].flatMap((name) => [
      [`${name}_URL`, 'http://127.0.0.1:1'],
      [`${name}_SIGNING_SECRET`, 'a secret of at least thirty-two characters'],
    ]),
  ),
}
const sells = { NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example' }
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
