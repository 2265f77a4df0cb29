import { parseEnvironment } from '@cartograph/service-runtime'
import { expect, test } from 'vitest'
import { partnersEnvironment } from './env.ts'

const base = {
  PORT: '0',
  DATABASE_URL: 'postgresql://partners@127.0.0.1/partners',
  SIGNING_SECRETS: 'a secret of at least thirty-two characters',
  WEBHOOK_ENCRYPTION_KEYS: 'a'.repeat(64),
}
const parse = (variables: Record<string, string | undefined>) =>
  parseEnvironment(partnersEnvironment, { ...base, ...variables })

test('webhooks go to public addresses, unless it is said that they need not', () => {
  expect(parse({}).WEBHOOK_PRIVATE_NETWORKS).toBe(false)
  expect(parse({ WEBHOOK_PRIVATE_NETWORKS: '' }).WEBHOOK_PRIVATE_NETWORKS).toBe(false)
  for (const NODE_ENV of ['development', 'test'])
    expect(parse({ NODE_ENV, WEBHOOK_PRIVATE_NETWORKS: 'true' }).WEBHOOK_PRIVATE_NETWORKS).toBe(true)
})

test.each([
  [
    'private networks in production',
    { NODE_ENV: 'production', WEBHOOK_PRIVATE_NETWORKS: 'true' },
    'WEBHOOK_PRIVATE_NETWORKS: is not for production',
  ],
  [
    'private networks where nothing is said of production',
    { WEBHOOK_PRIVATE_NETWORKS: 'true' },
    'WEBHOOK_PRIVATE_NETWORKS: is not for production',
  ],
  ['no key', { WEBHOOK_ENCRYPTION_KEYS: undefined }, 'WEBHOOK_ENCRYPTION_KEYS: is missing'],
])('%s: refused by name', (_, variables, message) => expect(() => parse(variables)).toThrow(message))
