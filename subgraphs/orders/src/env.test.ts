import { parseEnvironment } from '@cartograph/service-runtime'
import { expect, test } from 'vitest'
import { ordersEnvironment } from './env.ts'

const secret = 'a secret of at least thirty-two characters'
const peers = Object.fromEntries(
  ['CARTS', 'INVENTORY', 'PARTNERS', 'PRODUCTS', 'RECOMMENDATIONS'].flatMap((name) => [
    [`${name}_URL`, 'http://127.0.0.1:1'],
    [`${name}_SIGNING_SECRET`, secret],
  ]),
)
const base = { PORT: '0', DATABASE_URL: 'postgresql://orders@127.0.0.1/orders', SIGNING_SECRETS: secret, ...peers }
const sells = {
  NODE_ENV: 'production',
  SMTP_URL: 'smtp://mail.example',
  STRIPE_SECRET_KEY: 'sk',
  STRIPE_RETURN_URL: 'https://shop.example/return',
}
const sandbox = { PAYMENT_PROVIDER: 'sandbox', MAILBOX_DIR: '/tmp/mailbox' }

test.each([
  ['who sells', sells, 'stripe'],
  ['a developer', { NODE_ENV: 'development', ...sandbox }, 'sandbox'],
  ['a demonstration', { NODE_ENV: 'production', DEMONSTRATION: 'true', ...sandbox }, 'sandbox'],
])('starts for %s', (_, variables, provider) => {
  expect(parseEnvironment(ordersEnvironment, { ...base, ...variables }).PAYMENT_PROVIDER).toBe(provider)
})

test.each([
  [
    'nothing said of payment',
    { NODE_ENV: 'production', SMTP_URL: 'smtp://m' },
    ['STRIPE_SECRET_KEY', 'STRIPE_RETURN_URL'],
  ],
  ['a provider that takes no money', { ...sells, PAYMENT_PROVIDER: 'sandbox' }, ['PAYMENT_PROVIDER']],
  ['an empty key', { ...sells, STRIPE_SECRET_KEY: '' }, ['STRIPE_SECRET_KEY']],
  ['mails that go nowhere', { ...sells, SMTP_URL: '' }, ['SMTP_URL']],
  ['a peer without a secret', { ...sells, CARTS_SIGNING_SECRET: undefined }, ['CARTS_SIGNING_SECRET']],
])('refuses %s, by name', (_, variables, names) => {
  const parse = () => parseEnvironment(ordersEnvironment, { ...base, ...variables })
  for (const name of names) expect(parse).toThrow(`${name}: `)
})
