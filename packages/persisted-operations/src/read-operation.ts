import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, parse } from 'graphql'
import { documentIdOf } from './document-id.ts'
import type { PersistedOperation } from './persisted-operation.ts'

export const longestId = 200
const mostTokens = 10_000

/** PostgreSQL keeps no text with it, and GraphQL allows it in comments and strings. */
const nul = '\u0000'

export function isOperationId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && id.length <= longestId && !id.includes(nul)
}

/** An operation, or null where its document has none that can be persisted; and what is wrong with it, a sentence each. */
export interface ReadOperation {
  readonly operation: PersistedOperation | null
  readonly problems: readonly string[]
}

/**
 * The operation of `body`, which holds one named query or mutation; an id that says `sha256:` is that of its body. What
 * is wrong is told and not thrown, for there may be more that is wrong.
 */
export function readOperation(id: string, body: string): ReadOperation {
  const found = operationOf(body)
  const isItsHash = !id.startsWith('sha256:') || id === documentIdOf(body)
  const problems = [
    ...(typeof found === 'string' ? [found] : []),
    ...(isItsHash ? [] : ['it is not the hash of its body.']),
  ]
  return { operation: typeof found === 'string' ? null : { id, body, ...found }, problems }
}

/** The one operation of a document, or why there is none that can be persisted. */
function operationOf(body: string): Pick<PersistedOperation, 'name' | 'type'> | string {
  if (body.includes(nul)) return 'its body has a character U+0000.'
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
