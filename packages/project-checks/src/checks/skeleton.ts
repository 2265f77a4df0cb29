import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Check } from '../run-checks.ts'
import { edgeProblems } from './skeleton-edge.ts'

const prismaEntries = ['schema.prisma', 'migrations/']
const topFiles = ['README.md', 'schema.graphql', 'prisma.config.ts', 'package.json']
const sourceNames = ['main', 'server', 'env', 'context', 'loaders', 'permissions', 'database', 'load']
const sourceFiles = sourceNames.map((name) => `${name}.ts`)
/**
 * Some `load` programs keep what they write apart from the process that writes it, for their tests. And a service whose
 * operators have a command of their own has the program of it: `models-command.ts`.
 */
const optionalSourceFiles = ['load-definition.ts', 'models-command.ts']
/** Names that say nothing of what is inside, so that anything ends up there. */
const emptyNames = ['common', 'utils', 'util', 'shared', 'helpers', 'lib', 'misc']
/** Not in the repository. */
const unseen = ['node_modules', 'dist', 'generated', 'coverage']

/** Every subgraph of the workspace at `folder` has the same skeleton, and packages are named by what they do. */
export function skeletonCheck(folder: string): Check {
  return {
    name: 'skeleton',
    run: () => [
      ...foldersIn(path.join(folder, 'subgraphs')).flatMap((name) => subgraphProblems(folder, `subgraphs/${name}`)),
      ...foldersIn(path.join(folder, 'packages'))
        .filter((name) => emptyNames.includes(name))
        .map((name) => `packages/${name}: a package is named by what it does`),
    ],
  }
}

function subgraphProblems(folder: string, subgraph: string): string[] {
  const at = path.join(folder, subgraph)
  return [
    ...entriesProblems(at, subgraph, { required: [...topFiles, 'prisma/', 'src/'], allowed: ['test/'] }),
    ...entriesProblems(path.join(at, 'prisma'), `${subgraph}/prisma`, { required: prismaEntries, allowed: [] }),
    ...sourceProblems(path.join(at, 'src'), `${subgraph}/src`),
    ...edgeProblems(folder, subgraph),
  ]
}

/** Beside the agreed files there are core folders, named after the business, and tests of the files. */
function sourceProblems(at: string, name: string): string[] {
  const core = entriesOf(at).filter((entry) => entry.endsWith('/') && entry !== 'graphql/')
  const tests = sourceNames.map((file) => `${file}.test.ts`)
  const allowed = [...core, ...tests, ...optionalSourceFiles]
  return [
    ...entriesProblems(at, name, { required: [...sourceFiles, 'graphql/'], allowed }),
    ...core
      .map((entry) => entry.slice(0, -1))
      .filter((entry) => emptyNames.includes(entry) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(entry))
      .map((entry) => `${name}/${entry}/: a core folder is named after what it is about, in kebab-case`),
  ]
}

interface Agreed {
  readonly required: readonly string[]
  readonly allowed: readonly string[]
}

function entriesProblems(at: string, name: string, agreed: Agreed): string[] {
  if (!existsSync(at)) return []
  const found = entriesOf(at)
  return [
    ...agreed.required.filter((entry) => !found.includes(entry)).map((entry) => `${name}/${entry} is missing`),
    ...found
      .filter((entry) => !agreed.required.includes(entry) && !agreed.allowed.includes(entry))
      .map((entry) => `${name}/${entry} is not part of the skeleton`),
  ]
}

/** The names in a folder, those of folders with a slash behind them. */
function entriesOf(at: string): string[] {
  if (!existsSync(at)) return []
  return readdirSync(at, { withFileTypes: true })
    .filter((entry) => !unseen.includes(entry.name))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted()
}

function foldersIn(at: string): string[] {
  return entriesOf(at)
    .filter((entry) => entry.endsWith('/'))
    .map((entry) => entry.slice(0, -1))
}
