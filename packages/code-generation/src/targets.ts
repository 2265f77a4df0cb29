import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.ts'
import { runTool } from './run-tool.ts'

// A start that finds everything made must not load the tools that make it: they are imported where they are used.

/** Something that is made from other files of the repository. */
export interface Target {
  readonly name: string
  /** Globs, relative to the root, of all it depends on. */
  readonly inputs: readonly string[]
  /** Paths, relative to the root, that exist once it was made. */
  readonly outputs: readonly string[]
  /** Committed outputs are compared by `pnpm check`; the others are made where they are missing or old. */
  readonly committed: boolean
  make(): Promise<void>
}

/** The versions of the tools: another version may make something else. */
const tools = 'pnpm-workspace.yaml'

const prismaClients: Target[] = globSync('subgraphs/*/prisma/schema.prisma', { cwd: root })
  .sort()
  .map((schema) => {
    const subgraph = path.dirname(path.dirname(schema))
    return {
      name: `Prisma client of ${path.basename(subgraph)}`,
      inputs: [schema, `${subgraph}/prisma.config.ts`, tools],
      outputs: [`${subgraph}/src/generated/prisma/client.ts`],
      committed: false,
      make: async () => void (await runTool('prisma', ['generate'], path.join(root, subgraph))),
    }
  })

const resolverTypes: Target = {
  name: 'resolver types',
  inputs: ['codegen.yml', 'subgraphs/*/schema.graphql', tools],
  outputs: globSync('subgraphs/*/schema.graphql', { cwd: root }).map(
    (schema) => `${path.dirname(schema)}/src/generated/resolvers.ts`,
  ),
  committed: false,
  make: async () => void (await runTool('graphql-codegen', ['--config', 'codegen.yml'])),
}

const playgroundAssets: Target = {
  name: 'playground assets',
  inputs: ['clients/playground/src/**/*.ts', 'clients/playground/package.json', tools],
  outputs: ['clients/playground/generated'],
  committed: false,
  make: async () => {
    const { buildPlaygroundAssets } = await import('@cartograph/playground/build-assets')
    await buildPlaygroundAssets()
  },
}

const supergraph: Target = {
  name: 'supergraph',
  inputs: ['supergraph.yaml', 'subgraphs/*/schema.graphql', 'gateway/src/node/schema.graphql'],
  outputs: ['gateway/supergraph.graphql'],
  committed: true,
  make: async () => {
    const { composeSupergraph } = await import('@cartograph/composition')
    writeFileIfChanged(
      'gateway/supergraph.graphql',
      composeSupergraph(path.join(root, 'supergraph.yaml')).supergraphSdl,
    )
  },
}

const errorsPage: Target = {
  name: 'error catalogue',
  inputs: ['packages/error-catalogue/src/catalogue.ts'],
  outputs: ['docs/errors.md'],
  committed: true,
  make: async () => {
    const { errorsDocument } = await import('./errors-document.ts')
    writeFileIfChanged('docs/errors.md', errorsDocument())
  },
}

const messagesPage: Target = {
  name: 'messages',
  inputs: ['packages/contracts/src/*.ts'],
  outputs: ['docs/messages.md'],
  committed: true,
  make: async () => {
    const { messagesDocument } = await import('./messages-document.ts')
    writeFileIfChanged('docs/messages.md', messagesDocument())
  },
}

export const targets: readonly Target[] = [
  resolverTypes,
  ...prismaClients,
  playgroundAssets,
  supergraph,
  errorsPage,
  messagesPage,
]

function writeFileIfChanged(output: string, content: string): void {
  const file = path.join(root, output)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content)
}
