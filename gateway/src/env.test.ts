import { parseEnvironment } from '@cartograph/service-runtime/process'
import { expect, test } from 'vitest'
import { gatewayEnvironment } from './env.ts'

const secret = 'a secret of at least thirty-two characters'
const parse = (variables: Record<string, string>) =>
  parseEnvironment(gatewayEnvironment, {
    PORT: '0',
    BROWSER_SESSION_SECRETS: secret,
    PARTNER_BUDGETS_URL: 'memory:',
    ...variables,
  })

test('session cookies go over plain http in development alone, and nowhere where that is switched off', () => {
  expect(parse({}).PLAIN_HTTP_COOKIES).toBe(false)
  expect(parse({ NODE_ENV: 'development' }).PLAIN_HTTP_COOKIES).toBe(true)
  expect(parse({ NODE_ENV: 'development', PLAIN_HTTP_COOKIES: 'false' }).PLAIN_HTTP_COOKIES).toBe(false)
  expect(() => parse({ PLAIN_HTTP_COOKIES: 'true' })).toThrow(
    'PLAIN_HTTP_COOKIES: is not for production: session cookies would be sent unencrypted',
  )
})

test('a gateway without a secret for browser sessions, or with a short one, does not start', () => {
  expect(() => parseEnvironment(gatewayEnvironment, { PORT: '0' })).toThrow('BROWSER_SESSION_SECRETS: is missing')
  expect(() => parse({ BROWSER_SESSION_SECRETS: 'short' })).toThrow('BROWSER_SESSION_SECRETS.0: a secret is shorter')
  expect(parse({ BROWSER_SESSION_SECRETS: `${secret},${secret}2` }).BROWSER_SESSION_SECRETS).toHaveLength(2)
})

test('origins are exact: a scheme, a host, and a port where it is not the usual one', () => {
  expect(parse({ BROWSER_ORIGINS: '' }).BROWSER_ORIGINS).toEqual([])
  expect(parse({ BROWSER_ORIGINS: 'https://a.example, http://b.example:8080' }).BROWSER_ORIGINS).toEqual([
    'https://a.example',
    'http://b.example:8080',
  ])
  for (const wrong of ['a.example', 'https://a.example/', 'https://*.example/x', 'null'])
    expect(() => parse({ BROWSER_ORIGINS: wrong })).toThrow('BROWSER_ORIGINS')
})
