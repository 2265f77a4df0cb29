import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type DocumentNode, Kind, parse } from 'graphql'

const mostEdgeLines = 40

/** src/graphql/ is shaped like schema.graphql: a file for each root field, named by it, none without, all short. */
export function edgeProblems(folder: string, subgraph: string): string[] {
  const schemaFile = path.join(folder, subgraph, 'schema.graphql')
  const edge = `${subgraph}/src/graphql`
  if (!existsSync(schemaFile) || !existsSync(path.join(folder, edge))) return []
  const files = globSync('**/*.ts', { cwd: path.join(folder, edge) })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => file.split(path.sep).join('/'))
    .toSorted()
  const wanted = shapeOf(parse(readFileSync(schemaFile, 'utf8')))
  return [
    ...wanted.rootFields
      .filter((file) => !files.includes(file))
      .map((file) => `${edge}/${file} is missing: the schema has that field`),
    ...files.flatMap((file) => nameProblems(edge, file, wanted)),
    ...files.filter((file) => file !== 'resolvers.ts').flatMap((file) => sizeProblems(folder, `${edge}/${file}`)),
  ]
}

interface Shape {
  /** `Query/cart.ts` for the field Query.cart. */
  readonly rootFields: readonly string[]
  readonly types: readonly string[]
}

function shapeOf(document: DocumentNode): Shape {
  const objects = document.definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  )
  const roots = objects.filter(({ name }) => name.value === 'Query' || name.value === 'Mutation')
  return {
    rootFields: roots.flatMap(({ name, fields = [] }) => fields.map((field) => `${name.value}/${field.name.value}.ts`)),
    types: document.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : [])),
  }
}

/** A name in lower case directly under src/graphql/ is free: what several files of the edge share. */
function nameProblems(edge: string, file: string, { rootFields, types }: Shape): string[] {
  const [first = '', ...rest] = file.split('/')
  if (rest.length > 0) {
    return rootFields.includes(file) ? [] : [`${edge}/${file} is no coordinate of a root field in the schema`]
  }
  const type = path.basename(first, '.ts')
  if (!/^[A-Z]/.test(type) || types.includes(type)) return []
  return [`${edge}/${file} is named after a type that the schema lacks`]
}

function sizeProblems(folder: string, file: string): string[] {
  const text = readFileSync(path.join(folder, file), 'utf8').replaceAll(/^import\s[^'"]*['"][^'"]+['"];?$\n?/gm, '')
  const lines = text.trim().split('\n').length
  return lines > mostEdgeLines
    ? [`${file} has ${lines} lines beside its imports, more than ${mostEdgeLines}: it does somebody else’s work`]
    : []
}
