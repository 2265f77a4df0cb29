import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'graphql'
import type { Check } from '../run-checks.ts'
import { descriptionProblems } from './schema-descriptions.ts'
import { directiveProblems } from './schema-directives.ts'
import { listProblems } from './schema-lists.ts'
import { requiredPermissionProblems, rootPermissionProblems } from './schema-permissions.ts'
import type { SchemaProblem } from './schema-problem.ts'

const valueTypes = 'packages/contracts/value-types.graphql'
const marker = /^# --- The value types\b.*\n\n/m

/** The schema rules that composition does not know of, on every subgraph’s SDL. */
export function schemaCheck(folder: string): Check {
  return {
    name: 'schema',
    run: () => {
      const shared = readFileSync(path.join(folder, valueTypes), 'utf8')
      const subgraphs = globSync('subgraphs/*/schema.graphql', { cwd: folder }).toSorted()
      const local = globSync('gateway/src/*/schema.graphql', { cwd: folder })
      const read = (file: string) => readFileSync(path.join(folder, file), 'utf8')
      return [
        ...[...subgraphs, ...local].flatMap((file) => sdlProblems(file, read(file))),
        ...subgraphs.flatMap((file) => valueTypeProblems(file, read(file), shared)),
        ...requirementProblems(Object.fromEntries(subgraphs.map((file) => [file, read(file)]))),
      ]
    },
  }
}

/** What breaks the rules in one SDL, each with its file and line. */
export function sdlProblems(file: string, sdl: string): string[] {
  const document = parse(sdl)
  return [
    ...descriptionProblems(document),
    ...directiveProblems(document),
    ...listProblems(document),
    ...rootPermissionProblems(document),
  ].map((problem) => located(file, problem))
}

/** Fields that require what is better protected than they are, in SDLs that form one graph, by file. */
export function requirementProblems(sdls: Readonly<Record<string, string>>): string[] {
  const documents = Object.fromEntries(Object.entries(sdls).map(([file, sdl]) => [file, parse(sdl)]))
  return requiredPermissionProblems(documents).map(({ file, problem }) => located(file, problem))
}

function located(file: string, { node, message }: SchemaProblem): string {
  return `${file}:${node.name.loc?.startToken.line ?? 1}: ${message}`
}

/** The value types are the same, to the byte, in every subgraph: what differs would have to be reconciled by people. */
export function valueTypeProblems(file: string, sdl: string, shared: string): string[] {
  const found = marker.exec(sdl)
  if (!found) return [`${file}: ends with no block "# --- The value types"; copy it from ${valueTypes}`]
  const block = sdl.slice(found.index + found[0].length)
  return block === shared ? [] : [`${file}: its value types differ from ${valueTypes}`]
}
