import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importViolations } from '../src/checks/import-rules.ts'

interface Manifest {
  readonly name: string
  readonly dependencies?: object
  readonly devDependencies?: object
}

const tree = mkdtempSync(path.join(os.tmpdir(), 'cartograph-import-rules-'))
const at = (...parts: string[]) => path.join(tree, ...parts)

function write(file: string, text: string): void {
  mkdirSync(path.dirname(at(file)), { recursive: true })
  writeFileSync(at(file), text)
}

beforeAll(() => {
  cpSync(path.join(import.meta.dirname, '../fixtures/import-violations'), tree, { recursive: true })
  // What an install and `pnpm generate` would add: neither is ever committed.
  const packages = globSync('*/*/package.json', { cwd: tree }).map((file) => ({
    folder: path.dirname(file),
    ...(JSON.parse(readFileSync(at(file), 'utf8')) as Manifest),
  }))
  const link = (from: string, name: string) => {
    const target = packages.find((each) => each.name === name)
    if (!target) return
    mkdirSync(at(from, 'node_modules', '@cartograph'), { recursive: true })
    symlinkSync(at(target.folder), at(from, 'node_modules', name))
  }
  for (const { folder, dependencies, devDependencies } of packages) {
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) link(folder, name)
  }
  // A dependency of the root is found from everywhere.
  write('package.json', '{ "name": "root", "private": true, "dependencies": { "by-chance": "1.0.0" } }')
  for (const [folder, name] of [
    ['node_modules', 'by-chance'],
    ['subgraphs/carts/node_modules', 'dev-tool'],
  ]) {
    write(`${folder}/${name}/package.json`, `{ "name": "${name}", "type": "module", "exports": "./index.js" }`)
    write(`${folder}/${name}/index.js`, 'export {}\n')
  }
  write('subgraphs/carts/src/generated/prisma/client.ts', 'export class PrismaClient {}\n')
  write('subgraphs/carts/src/generated/resolvers.ts', "export type { Cart as Resolvers } from '../cart/cart.ts'\n")
})

afterAll(() => rmSync(tree, { recursive: true }))

test('each rule answers for exactly the files that break it', async () => {
  const found: Record<string, string[]> = {}
  for (const { from, rule } of await importViolations(tree)) {
    found[from] = [...new Set([...(found[from] ?? []), rule])].toSorted()
  }
  expect(found).toEqual({
    'clients/storefront/src/page.ts': ['clients-import-nothing-of-ours'],
    'packages/local-stack/src/index.ts': ['nobody-imports-a-service', 'packages-meet-at-their-exports'],
    'packages/money/src/index.ts': ['contracts-and-money-stand-alone'],
    'subgraphs/carts/src/cart/add-lines.ts': ['core-never-imports-edge'],
    'subgraphs/carts/src/cart/cart-queries.ts': ['no-cycles'],
    'subgraphs/carts/src/cart/count-lines.ts': ['no-dev-dependency-in-production'],
    'subgraphs/carts/src/cart/find-cart.ts': ['imports-resolve'],
    'subgraphs/carts/src/cart/left-over.ts': ['no-orphans'],
    'subgraphs/carts/src/cart/list-carts.ts': ['core-knows-no-schema-types'],
    'subgraphs/carts/src/cart/price-line.ts': ['dependencies-are-declared'],
    'subgraphs/carts/src/cart/read-product.ts': ['packages-meet-at-their-exports', 'subgraphs-stand-apart'],
    'subgraphs/carts/src/cart/seed-cart.ts': ['only-tests-import-test-kit'],
    'subgraphs/carts/src/graphql/Cart.ts': ['edge-never-imports-prisma'],
    'subgraphs/carts/src/graphql/CartLine.ts': ['edge-never-imports-prisma'],
  })
})
