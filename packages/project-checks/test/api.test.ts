import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Client, clientsOfRepository } from '@cartograph/client-checks'
import { apiFile } from '@cartograph/code-generation'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { apiCheck } from '../src/checks/api.ts'
import { root } from '../src/root.ts'

const schemas = [
  'supergraph.yaml',
  'subgraphs/*/schema.graphql',
  'gateway/src/node/schema.graphql',
  'gateway/examples/*.graphql',
  'gateway/api-breaks.txt',
  'clients/*/manifest.json',
  'clients/partners/*/*.json',
]
const committed = new Map([[apiFile, readFileSync(path.join(root, apiFile), 'utf8')]])
const unnamed = 'What partners run in a shop was not compared: name the shop with CARTOGRAPH_URL and CARTOGRAPH_TOKEN.'

let copy: string

beforeEach(() => {
  copy = mkdtempSync(path.join(os.tmpdir(), 'cartograph-api-'))
  for (const file of globSync(schemas, { cwd: root })) {
    mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
    cpSync(path.join(root, file), path.join(copy, file))
  }
})
afterEach(() => rmSync(copy, { recursive: true }))

/** Product.title becomes Product.name; titles of other types stay. */
function renameTitle(): void {
  const file = path.join(copy, 'subgraphs/products/schema.graphql')
  const sdl = readFileSync(file, 'utf8')
  const renamed = sdl.replace(/(\ntype Product implements [\s\S]+?\n {2})title: String!/, '$1name: String!')
  expect(renamed).not.toBe(sdl)
  writeFileSync(file, renamed)
}

const run = (readLive: () => Promise<readonly Client[] | null> = async () => null) =>
  Promise.resolve(apiCheck(copy, committed, readLive).run()) as Promise<{ problems: string[]; notes: string[] }>

test('the API of the tree is that of the commit, and a note says how live manifests are compared', async () => {
  const { problems, notes } = await run()
  expect(problems).toEqual([])
  expect(notes.at(-1)).toBe(unnamed)
})

test('a renamed field fails, and names the partner, its operation and the field', async () => {
  renameTitle()
  const { problems } = await run()
  expect(problems).toContain("Field 'title' was removed from object type 'Product'")
  expect(problems.filter((problem) => problem.includes('Acme'))).toEqual([
    'breaks Acme: ProductFeed at Product.title: Cannot query field "title" on type "Product".',
  ])
})

test('a renamed field that was agreed to is a note', async () => {
  renameTitle()
  writeFileSync(path.join(copy, 'gateway/api-breaks.txt'), 'Product.title  2026-11-24  It is a name.\n')
  const { problems, notes } = await run()
  expect(problems).toEqual([])
  expect(notes).toContain(
    'breaks Acme: ProductFeed at Product.title: Cannot query field "title" on type "Product". Agreed to: It is a name.',
  )
})

test('what a partner runs in a shop counts, also where its folder has moved on', async () => {
  renameTitle()
  const [acme] = clientsOfRepository(copy)
  rmSync(path.join(copy, 'clients/partners'), { recursive: true })
  const { problems, notes } = await run(async () => [{ ...acme!, name: 'Acme (live)' }])
  expect(problems.filter((problem) => problem.includes('Acme'))).toEqual([
    'breaks Acme (live): ProductFeed at Product.title: Cannot query field "title" on type "Product".',
  ])
  expect(notes).toContain('Acme (live) was compared: operations that run in the shop, 3')
  expect(notes).not.toContain(unnamed)
})

test('a shop that is named and does not answer is a problem', async () => {
  const { problems } = await run(() => Promise.reject(new Error('There is no answer.')))
  expect(problems).toEqual(['What partners run in the shop could not be read. There is no answer.'])
})
