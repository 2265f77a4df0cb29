import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { skeletonCheck } from '../src/checks/skeleton.ts'

let tree: string

const sourceNames = ['main', 'server', 'env', 'context', 'loaders', 'permissions', 'database', 'load']
const prismaFiles = ['prisma/schema.prisma', 'prisma/migrations/1_init/migration.sql']
const files = [
  'README.md',
  'prisma.config.ts',
  'package.json',
  ...prismaFiles,
  ...sourceNames.map((name) => `src/${name}.ts`),
]
const schema = 'type Query { cart: Cart }\ntype Mutation { cartClear: Cart }\ntype Cart { id: ID! }'

function write(file: string, text = ''): void {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
  writeFileSync(path.join(tree, file), text)
}

function remove(file: string): void {
  rmSync(path.join(tree, file), { recursive: true })
}

beforeEach(() => {
  tree = mkdtempSync(path.join(os.tmpdir(), 'cartograph-skeleton-'))
  for (const file of files) write(`subgraphs/carts/${file}`)
  write('subgraphs/carts/schema.graphql', schema)
  write('subgraphs/carts/src/graphql/Query/cart.ts')
  write('subgraphs/carts/src/graphql/Mutation/cartClear.ts')
  write('subgraphs/carts/src/graphql/Cart.ts')
  write('subgraphs/carts/src/graphql/resolvers.ts', 'long\n'.repeat(80))
  write('subgraphs/carts/src/graphql/references.ts')
  write('subgraphs/carts/src/cart/clear-cart.ts')
  write('packages/money/src/index.ts')
})

afterEach(() => rmSync(tree, { recursive: true }))

test('a subgraph of the agreed shape has no problems', () => {
  write('subgraphs/carts/test/carts.int.test.ts')
  write('subgraphs/carts/src/permissions.test.ts')
  write('subgraphs/carts/src/generated/resolvers.ts')
  expect(skeletonCheck(tree).run()).toEqual([])
})

test('names what is missing and what nobody knows', () => {
  remove('subgraphs/carts/README.md')
  remove('subgraphs/carts/src/env.ts')
  remove('subgraphs/carts/prisma/migrations')
  write('subgraphs/carts/notes.txt')
  write('subgraphs/carts/src/page-loader.ts')
  expect(skeletonCheck(tree).run()).toEqual([
    'subgraphs/carts/README.md is missing',
    'subgraphs/carts/notes.txt is not part of the skeleton',
    'subgraphs/carts/prisma/migrations/ is missing',
    'subgraphs/carts/src/env.ts is missing',
    'subgraphs/carts/src/page-loader.ts is not part of the skeleton',
  ])
})

test('a root field has its file, and a file its root field', () => {
  remove('subgraphs/carts/src/graphql/Query/cart.ts')
  write('subgraphs/carts/src/graphql/Query/basket.ts')
  write('subgraphs/carts/src/graphql/Basket.ts')
  expect(skeletonCheck(tree).run()).toEqual([
    'subgraphs/carts/src/graphql/Query/cart.ts is missing: the schema has that field',
    'subgraphs/carts/src/graphql/Basket.ts is named after a type that the schema lacks',
    'subgraphs/carts/src/graphql/Query/basket.ts is no coordinate of a root field in the schema',
  ])
})

test('an edge file has at most 40 lines beside its imports', () => {
  const imports = "import type { A } from './a.ts'\nimport {\n  type B,\n  c,\n} from './b.ts'\n"
  write('subgraphs/carts/src/graphql/Cart.ts', imports + 'line\n'.repeat(40))
  expect(skeletonCheck(tree).run()).toEqual([])
  write('subgraphs/carts/src/graphql/Cart.ts', imports + 'line\n'.repeat(41))
  expect(skeletonCheck(tree).run()).toEqual([expect.stringContaining('Cart.ts has 41 lines beside its imports')])
})

test('no folder has a name that says nothing', () => {
  write('packages/utils/src/index.ts')
  write('subgraphs/carts/src/helpers/index.ts')
  write('subgraphs/carts/src/cartRules/index.ts')
  expect(skeletonCheck(tree).run()).toEqual([
    'subgraphs/carts/src/cartRules/: a core folder is named after what it is about, in kebab-case',
    'subgraphs/carts/src/helpers/: a core folder is named after what it is about, in kebab-case',
    'packages/utils: a package is named by what it does',
  ])
})
