import { isOperationId, longestId, type PersistedOperation, readOperation } from '@cartograph/persisted-operations'
import { type InvalidOperation, invalidOperation } from './invalid-operation.ts'
import { aliasesOf, keptIdOf } from './taken-ids.ts'

/** An operation as somebody sends it: without a body it is one that was stored before. */
export interface SubmittedOperation {
  readonly id: string
  readonly body?: string | null
}

/** Operations that were read, each with its place, and what is wrong with the others. */
export interface ReadOperations {
  /** With ids as they are kept. */
  readonly read: readonly (PersistedOperation & { readonly index: number })[]
  readonly problems: readonly InvalidOperation[]
}

/**
 * Reads what was sent, a body where there is none from `stored`. An id that is the hash of its body, with or without `sha256:`,
 * is kept with it. Every problem of every operation is told.
 */
export function readSubmitted(
  submitted: readonly SubmittedOperation[],
  stored: ReadonlyMap<string, string> = new Map(),
): ReadOperations {
  const read: (PersistedOperation & { index: number })[] = []
  const problems: InvalidOperation[] = []
  const ids = new Set<string>()
  for (const [index, { id, body: sent }] of submitted.entries()) {
    const refuse = (message: string, name: string | null = null) =>
      problems.push(invalidOperation({ id, name, index }, message))
    if (!isOperationId(id)) {
      refuse(`An id has 1 to ${longestId} characters.`)
      continue
    }
    const body =
      sent ??
      aliasesOf(id)
        .map((alias) => stored.get(alias))
        .find((found) => found !== undefined)
    if (body === undefined) {
      refuse('It came without a body, and none is stored under its id.')
      continue
    }
    const { operation, problems: found } = readOperation(id, body)
    for (const problem of found) refuse(problem, operation?.name)
    const keptId = keptIdOf(id, body)
    const [bare = keptId] = aliasesOf(keptId)
    if (ids.has(bare)) refuse('Its id is there twice.', operation?.name)
    ids.add(bare)
    if (operation && found.length === 0) read.push({ ...operation, id: keptId, index })
  }
  return { read, problems }
}
