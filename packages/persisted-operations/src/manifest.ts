import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql'
import { documentIdOf } from './document-id.ts'
import type { PersistedOperation } from './persisted-operation.ts'

const apolloFormat = 'apollo-persisted-query-manifest'
const longestId = 200
const mostTokens = 10_000

/** A manifest that cannot be used, with everything that is wrong with it, a sentence each. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The manifest is not usable: ${problems.join(' ')}`)
    this.problems = problems
  }
}

/**
 * The operations of a manifest, parsed from JSON: Apollo's format (`apollo-persisted-query-manifest`, version 1), or
 * `{ id: body }` as graphql-codegen's client preset and Relay write it. Each body holds one named query or mutation; an id
 * that says `sha256:` is that of its body. Throws ManifestError with all that is wrong.
 */
export function readManifest(manifest: unknown): PersistedOperation[] {
  const problems: string[] = []
  const operations: PersistedOperation[] = []
  const ids = new Set<string>()
  for (const entry of entriesOf(manifest)) {
    const operation = readEntry(entry, problems)
    if (!operation) continue
    if (ids.has(operation.id)) problems.push(`${operation.id} is there twice.`)
    ids.add(operation.id)
    operations.push(operation)
  }
  if (problems.length > 0) throw new ManifestError(problems)
  return operations
}

/** An operation as a manifest says it is; what it does not say its body does. */
interface Entry {
  readonly id: unknown
  readonly body: unknown
  readonly name?: unknown
  readonly type?: unknown
}

function entriesOf(manifest: unknown): Entry[] {
  if (!isRecord(manifest)) throw new ManifestError(['It is not a JSON object.'])
  // An id may be called "format"; only Apollo's manifests have operations besides.
  if (!Array.isArray(manifest['operations'])) return Object.entries(manifest).map(([id, body]) => ({ id, body }))
  if (manifest['format'] !== apolloFormat || manifest['version'] !== 1)
    throw new ManifestError([`Its format is not ${apolloFormat}, version 1.`])
  return manifest['operations'].map((entry: unknown) => (isRecord(entry) ? (entry as unknown as Entry) : noEntry))
}

const noEntry: Entry = { id: undefined, body: undefined }

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readEntry({ id, body, name, type }: Entry, problems: string[]): PersistedOperation | null {
  if (typeof id !== 'string' || id === '' || id.length > longestId || typeof body !== 'string') {
    problems.push(`An operation has no id of up to ${longestId} characters, or no body.`)
    return null
  }
  const found = operationOf(body)
  if (typeof found === 'string') {
    problems.push(`${id}: ${found}`)
    return null
  }
  if (name !== undefined && name !== found.name)
    problems.push(`${id}: it is called ${found.name}, not ${JSON.stringify(name)}.`)
  if (type !== undefined && type !== found.type)
    problems.push(`${id}: it is a ${found.type}, not ${JSON.stringify(type)}.`)
  if (id.startsWith('sha256:') && id !== documentIdOf(body)) problems.push(`${id}: it is not the hash of its body.`)
  return { id, body, ...found }
}

/** The one operation of a document, or why there is none that can be persisted. */
function operationOf(body: string): Pick<PersistedOperation, 'name' | 'type'> | string {
  let document: DocumentNode
  try {
    document = parse(body, { noLocation: true, maxLexicalTokens: mostTokens })
  } catch (error) {
    return `its body is not GraphQL: ${(error as Error).message}`
  }
  const [operation, ...others] = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  )
  if (!operation?.name || others.length > 0) return 'its body does not hold exactly one operation, with a name.'
  const { operation: type, name } = operation
  return type === OperationTypeNode.SUBSCRIPTION
    ? 'it is a subscription, and there are none.'
    : { name: name.value, type }
}
