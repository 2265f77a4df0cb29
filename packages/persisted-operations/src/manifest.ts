import type { PersistedOperation } from './persisted-operation.ts'
import { isOperationId, longestId, readOperation } from './read-operation.ts'

const apolloFormat = 'apollo-persisted-query-manifest'

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
    const { id, body, name, type } = entry
    if (!isOperationId(id) || typeof body !== 'string') {
      problems.push(`An operation has no id of up to ${longestId} characters, or no body.`)
      continue
    }
    const { operation, problems: found } = readOperation(id, body)
    problems.push(...found.map((problem) => `${id}: ${problem}`))
    if (!operation) continue
    if (name !== undefined && name !== operation.name)
      problems.push(`${id}: it is called ${operation.name}, not ${JSON.stringify(name)}.`)
    if (type !== undefined && type !== operation.type)
      problems.push(`${id}: it is a ${operation.type}, not ${JSON.stringify(type)}.`)
    if (ids.has(id)) problems.push(`${id} is there twice.`)
    ids.add(id)
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
