import { guestClaims, signRequest, viewerOf } from '@cartograph/viewer'
import { describe, expect, inject, test } from 'vitest'
import { ask, customerOf, signIn } from '../src/shop-client.ts'

const { url, urls, dataset } = inject('sharedShop')
const subgraphs = Object.entries(urls).filter(([name]) => name !== 'gateway')

const entities: Record<string, string> = {
  users:
    '{ _entities(representations: [{ __typename: "User", id: "user_00000000000000000000000000" }]) { ... on User { id } } }',
  products: '{ _entities(representations: [{ __typename: "Product", slug: "x" }]) { ... on Product { id } } }',
  carts:
    '{ _entities(representations: [{ __typename: "Cart", id: "cart_00000000000000000000000000" }]) { ... on Cart { id } } }',
  orders: '{ _entities(representations: [{ __typename: "Order", number: "R-536365" }]) { ... on Order { id } } }',
  inventory:
    '{ _entities(representations: [{ __typename: "StockLevel", id: "stock_00000000000000000000000000" }]) { ... on StockLevel { id } } }',
  partners:
    '{ _entities(representations: [{ __typename: "Partner", id: "part_00000000000000000000000000" }]) { ... on Partner { id } } }',
  recommendations:
    '{ _entities(representations: [{ __typename: "User", id: "user_00000000000000000000000000" }]) { ... on User { id } } }',
}

const refusal = {
  errors: [
    {
      message: 'This service answers only requests signed by the gateway or another service.',
      extensions: { code: 'UNSIGNED_REQUEST' },
    },
  ],
}

describe.each(subgraphs)('%s, asked without the gateway', (name, address) => {
  const send = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
    return { status: response.status, body: await response.json() }
  }

  test('yields nothing to _entities, _service, introspection or a field', async () => {
    for (const query of [
      entities[name]!,
      '{ _service { sdl } }',
      '{ __schema { types { name } } }',
      '{ __typename }',
    ]) {
      expect(await send(query)).toEqual({ status: 401, body: refusal })
    }
  })

  test('believes no claims under another secret, and none without a signature', async () => {
    const body = JSON.stringify({ query: entities[name] })
    const admin = {
      ...guestClaims('x'),
      kind: 'user' as const,
      id: crypto.randomUUID(),
      scopes: ['users:read', 'orders:read', 'carts:read'],
    }
    expect(viewerOf(admin).may('users:read')).toBe(true)
    const forged = signRequest(
      'a secret that somebody has guessed at',
      { method: 'POST', path: '/graphql', body },
      admin,
    )
    expect(await send(entities[name]!, forged)).toEqual({ status: 401, body: refusal })
    const { 'cartograph-signature': _, ...claimsOnly } = forged
    expect(await send(entities[name]!, claimsOnly)).toEqual({ status: 401, body: refusal })
  })

  test('answers no question of another service without a signature', async () => {
    const response = await fetch(`${address}/questions/products.variant-offers.v1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ variantIds: [] }),
    })
    expect([401, 404]).toContain(response.status)
  })
})

test('the gateway believes no header but the bearer token', async () => {
  const claims = Buffer.from(
    JSON.stringify({
      kind: 'user',
      id: crypto.randomUUID(),
      scopes: ['users:read'],
      cartToken: null,
      sessionId: null,
      clientAddress: null,
      requestId: 'x',
    }),
  ).toString('base64url')
  const { data } = await ask<{ viewer: unknown }>(
    url,
    '{ viewer { id } }',
    {},
    { 'cartograph-viewer': claims, 'cartograph-signature': 't=1,v1=00', 'x-user-id': '1' },
  )
  expect(data).toEqual({ viewer: null })
})

test('a token that somebody changed is refused, also when only one bit is other', async () => {
  const { authorization } = await signIn(url, customerOf[dataset])
  const [header, payload, signature] = authorization.slice('Bearer '.length).split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const richer = Buffer.from(JSON.stringify({ ...claims, scope: 'users:read users:write' })).toString('base64url')
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
  for (const token of [
    `${header}.${richer}.${signature}`,
    `${none}.${richer}.`,
    `${header}.${payload}.${signature.slice(0, -3)}AAA`,
    'abc',
    `${header}.${payload}`,
  ]) {
    const { status, errors } = await ask(url, '{ viewer { id } }', {}, { authorization: `Bearer ${token}` })
    expect({ status, code: errors?.[0]?.extensions['code'] }).toEqual({ status: 401, code: 'UNAUTHENTICATED' })
  }
})
