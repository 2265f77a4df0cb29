import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { apiBreaksFile, apiFile, partnerApiFile } from './api-file-names.ts'
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

const typeInputs = [
  'codegen.yml',
  'subgraphs/*/schema.graphql',
  partnerApiFile,
  'clients/partners/*/src/operations.ts',
  tools,
]

const types: Target = {
  name: "types of resolvers and of partners' operations",
  inputs: typeInputs,
  outputs: [
    ...globSync('subgraphs/*/schema.graphql', { cwd: root }).map(
      (schema) => `${path.dirname(schema)}/src/generated/resolvers.ts`,
    ),
    ...globSync('clients/partners/*/src/operations.ts', { cwd: root }).map(
      (operations) => `${path.dirname(operations)}/generated/persisted-documents.json`,
    ),
  ],
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

const api: Target = {
  name: 'API',
  inputs: ['supergraph.yaml', 'subgraphs/*/schema.graphql', 'gateway/src/node/schema.graphql', apiBreaksFile],
  outputs: [apiFile, partnerApiFile],
  committed: true,
  make: async () => {
    const { apiFiles } = await import('./api-files.ts')
    for (const [file, content] of Object.entries((await apiFiles()) ?? {})) writeFileIfChanged(file, content)
  },
}

const partnerFolders = globSync('clients/partners/*/partner.json', { cwd: root }).map((file) => path.dirname(file))

/** As codegen has written them, where whoever reviews a change sees what a partner sends. */
const partnerManifests: Target = {
  name: "partners' manifests",
  inputs: typeInputs,
  outputs: partnerFolders.map((folder) => `${folder}/manifest.json`),
  committed: true,
  make: async () => {
    for (const folder of partnerFolders) {
      const documents = readFileSync(path.join(root, folder, 'src/generated/persisted-documents.json'), 'utf8')
      writeFileIfChanged(`${folder}/manifest.json`, `${JSON.stringify(JSON.parse(documents), null, 2)}\n`)
    }
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

/** In their order: types are made of the API that partners see. */
export const targets: readonly Target[] = [
  supergraph,
  api,
  types,
  ...prismaClients,
  playgroundAssets,
  partnerManifests,
  errorsPage,
  messagesPage,
]

function writeFileIfChanged(output: string, content: string): void {
  const file = path.join(root, output)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content)
}
