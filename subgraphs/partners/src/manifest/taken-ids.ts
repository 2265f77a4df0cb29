import { documentIdOf, withoutAlgorithm } from '@cartograph/persisted-operations'
import { type InvalidOperation, invalidOperation } from './invalid-operation.ts'
import type { ReadOperations } from './submitted-operation.ts'

/** The ids under which another operation could be asked for by this one's: whoever asks may leave `sha256:` out. */
export function aliasesOf(id: string): string[] {
  const bare = withoutAlgorithm(id)
  return [bare, `sha256:${bare}`]
}

/** Why operations cannot be stored beside those that are there, by their ids: an id never gets another body. */
export function takenIds(operations: ReadOperations['read'], stored: ReadonlyMap<string, string>): InvalidOperation[] {
  return operations
    .filter(({ id, body }) => aliasesOf(id).some((alias) => (stored.get(alias) ?? body) !== body))
    .map((operation) =>
      invalidOperation(operation, 'Its id has another body already, and an id never gets another one.'),
    )
}

/** The id that an operation is kept under: one that is the hash of its body has `sha256:` before it. */
export function keptIdOf(id: string, body: string): string {
  const byContent = documentIdOf(body)
  return withoutAlgorithm(byContent) === withoutAlgorithm(id) ? byContent : id
}
