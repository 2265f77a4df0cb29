import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '@cartograph/local-stack'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { ask } from '../src/shop-client.ts'

const schemaFile = path.join(root, 'subgraphs/products/schema.graphql')
const supergraphFile = path.join(root, 'gateway/supergraph.graphql')
let dataDir: string
let originals: Map<string, string>
beforeAll(() => {
  dataDir = throwAwayFolder()
  originals = new Map([schemaFile, supergraphFile].map((file) => [file, readFileSync(file, 'utf8')]))
})
afterAll(async () => {
  for (const [file, content] of originals) writeFileSync(file, content)
  await removeWithServer(dataDir)
})

test('pnpm dev: an edited schema is served without a restart of the gateway, a bad edit keeps the last good one', { timeout: 180_000 }, async () => {
  const dev = runCommandLine(['dev', '--port', '0', '--data-dir', dataDir])
  const [, url] = await dev.untilOutput(/graphql\s+(http:\/\/\S+)/, 120_000)
  await dev.untilOutput(/Watching for edits/)
  const schema = originals.get(schemaFile)!
  const query = '{ products(first: 1) { edges { node { subtitle title } } } }'
  expect((await ask(url!, query)).status).toBe(400)

  writeFileSync(schemaFile, schema.replace('"Plain text."\n  description: String!', '"A second line."\n  subtitle: String\n  "Plain text."\n  description: String!'))
  await eventually(
    async () => {
      const { data, errors } = await ask<{ products: { edges: { node: { subtitle: null; title: string } }[] } }>(url!, query)
      expect(errors).toBeUndefined()
      expect(data.products.edges[0]!.node.subtitle).toBeNull()
    },
    { timeoutMs: 30_000 },
  )

  writeFileSync(schemaFile, schema.replace('type Product implements Node', 'type Product implements Nodule'))
  await dev.untilOutput(/does not compose/, 30_000)
  await dev.untilOutput(/not applied/, 30_000)
  expect((await ask(url!, query)).errors).toBeUndefined()

  writeFileSync(schemaFile, schema)
  await eventually(async () => expect((await ask(url!, query)).status).toBe(400), { timeoutMs: 30_000 })
  expect((await ask(url!, '{ products(first: 1) { totalCount } }')).data).toEqual({ products: { totalCount: 400 } })
  process.kill(-dev.child.pid!, 'SIGINT')
  expect(await dev.ended).toBe(0)
})
