import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { subgraphEndpoints } from '../subgraphs/subgraph-endpoints.ts'
import { committedSupergraph, subgraphsOf } from './supergraph-source.ts'
import { withoutPermissions } from '@cartograph/composition/without-permissions'

const supergraph = committedSupergraph()
const secret = 'a secret of at least thirty-two characters'

test('permissions are in the committed supergraph, for routers that enforce them, and taken out for ours', () => {
  expect(supergraph).toContain('@authenticated')
  expect(supergraph).toContain('@requiresScopes(scopes: [["products:write"]])')
  const stripped = withoutPermissions(supergraph)
  expect(stripped).not.toMatch(/authenticated|requiresScopes|SECURITY @/)
  expect(stripped).toContain('@listSize')
  const fields = (sdl: string) => sdl.match(/@join__field/g)?.length
  expect(fields(stripped)).toBe(fields(supergraph))
  expect(parse(stripped).definitions.length).toBeLessThan(parse(supergraph).definitions.length)
})

test('the subgraphs and their addresses are read from the supergraph', () => {
  expect(subgraphsOf(supergraph)).toContainEqual({ name: 'products', routingUrl: 'http://127.0.0.1:4002/graphql' })
  expect(
    subgraphsOf(supergraph)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['carts', 'inventory', 'node', 'orders', 'partners', 'products', 'recommendations', 'users'])
})

test('the environment overrides an address; all that is wrong is said at once', () => {
  const subgraphs = [
    { name: 'products', routingUrl: 'http://127.0.0.1:4002/graphql' },
    { name: 'users', routingUrl: 'http://127.0.0.1:4001/graphql' },
  ]
  const endpoints = subgraphEndpoints(subgraphs, {
    PRODUCTS_SIGNING_SECRET: secret,
    USERS_SIGNING_SECRET: secret,
    USERS_URL: 'https://users.internal/graphql',
  })
  expect(endpoints.get('products')?.url).toBe('http://127.0.0.1:4002/graphql')
  expect(endpoints.get('users')?.url).toBe('https://users.internal/graphql')
  expect(() => subgraphEndpoints(subgraphs, { PRODUCTS_URL: 'products', USERS_SIGNING_SECRET: 'short' })).toThrow(
    'The environment is not usable: PRODUCTS_URL: is not an http:// or https:// URL; PRODUCTS_SIGNING_SECRET: is missing or shorter than 32 characters; USERS_SIGNING_SECRET: is missing or shorter than 32 characters',
  )
})
