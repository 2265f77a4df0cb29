import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { eventually } from '@cartograph/test-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from '../src/command.ts'
import { ask } from '../src/shop-client.ts'
import { copyWorkspace } from '../src/workspace-copy.ts'

let workspace: ReturnType<typeof copyWorkspace>
let dataDir: string
beforeAll(() => {
  workspace = copyWorkspace()
  dataDir = throwAwayFolder()
})
afterAll(async () => {
  await removeWithServer(dataDir)
  workspace.remove()
})

test(
  'pnpm dev: an edited schema is served without a restart of the gateway, a bad edit keeps the last good one',
  { timeout: 180_000 },
  async () => {
    const schemaFile = path.join(workspace.root, 'subgraphs/products/schema.graphql')
    const schema = readFileSync(schemaFile, 'utf8')
    const dev = runCommandLine(['dev', '--port', '0', '--data-dir', dataDir], {}, workspace.root)
    const [, url] = await dev.untilOutput(/graphql\s+(http:\/\/\S+)/, 120_000)
    await dev.untilOutput(/Watching for edits/)
    const query = '{ products(first: 1) { edges { node { subtitle title } } } }'
    expect((await ask(url!, query)).status).toBe(400)

    writeFileSync(
      schemaFile,
      schema.replace(
        '"Plain text."\n  description: String!',
        '"A second line."\n  subtitle: String\n  "Plain text."\n  description: String!',
      ),
    )
    await eventually(
      async () => {
        const { data, errors } = await ask<{ products: { edges: { node: { subtitle: null; title: string } }[] } }>(
          url!,
          query,
        )
        expect(errors).toBeUndefined()
        expect(data.products.edges[0]!.node.subtitle).toBeNull()
      },
      { timeoutMs: 30_000 },
    )

    writeFileSync(schemaFile, schema.replace('type Money @shareable', 'type Money'))
    await dev.untilOutput(/does not compose/, 30_000)
    await dev.untilOutput(/not applied/, 30_000)
    expect((await ask(url!, query)).errors).toBeUndefined()

    writeFileSync(schemaFile, schema)
    await eventually(async () => expect((await ask(url!, query)).status).toBe(400), { timeoutMs: 30_000 })
    expect((await ask(url!, '{ products(first: 1) { totalCount } }')).data).toEqual({ products: { totalCount: 400 } })
    process.kill(-dev.child.pid!, 'SIGINT')
    expect(await dev.ended).toBe(0)
  },
)
