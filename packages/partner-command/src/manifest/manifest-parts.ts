import type { PersistedOperation } from '@cartograph/persisted-operations'

/** A gateway takes 256 KiB of one request; this leaves room for the rest of it. */
const mostBytes = 180 * 1024
/** How many operations a shop stores at a time. */
const mostOfPart = 500

/** How many operations a manifest can have. */
export const mostOperations = 1_000

export type SentOperation = Pick<PersistedOperation, 'id' | 'body'>

/**
 * The operations as one part where they fit into one request, else in parts of which each does and is stored at once, in their
 * order; one that is too large alone is a part of its own.
 */
export function manifestParts(operations: readonly PersistedOperation[]): SentOperation[][] {
  const sized = operations.map(({ id, body }) => {
    const operation = { id, body }
    return { operation, bytes: Buffer.byteLength(JSON.stringify(operation)) + 1 }
  })
  if (sized.reduce((sum, { bytes }) => sum + bytes, 0) <= mostBytes) return [sized.map(({ operation }) => operation)]
  const parts: SentOperation[][] = []
  let room = 0
  for (const { operation, bytes } of sized) {
    const part = parts.at(-1)
    if (part && bytes <= room && part.length < mostOfPart) {
      part.push(operation)
      room -= bytes
    } else {
      parts.push([operation])
      room = mostBytes - bytes
    }
  }
  return parts
}
