import { expect, test } from 'vitest'
import { services } from '../workspace.ts'
import { concernedBy } from './concerned-by.ts'

test.each([
  ['subgraphs/carts/src/cart/add-lines.ts', ['carts']],
  ['subgraphs/carts/schema.graphql', ['carts']],
  ['subgraphs/carts/prisma/schema.prisma', ['carts']],
  ['subgraphs/carts/src/cart/add-lines.test.ts', []],
  ['subgraphs/carts/test/carts.int.test.ts', []],
  ['subgraphs/carts/src/generated/resolvers.ts', []],
  ['subgraphs/carts/README.md', []],
  ['gateway/src/server.ts', ['gateway']],
  ['gateway/src/node/schema.graphql', []],
  ['gateway/supergraph.graphql', []],
  ['packages/money/src/index.ts', services],
  ['packages/local-stack/src/stack.ts', []],
  ['packages/money/package.json', []],
])('%s concerns %j', (file, expected) => {
  expect(concernedBy(file)).toEqual(expected)
})
