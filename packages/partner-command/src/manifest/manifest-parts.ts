import type { PersistedOperation } from '@cartograph/persisted-operations'

/** What a gateway takes of one request is 256 KiB and 5,000 values of variables; this leaves room for the rest of it. */
const mostBytes = 180 * 1024
const mostValues = 4_900
const valuesOfOperation = 3
const valuesOfId = 2

/** How many operations a manifest can have that names them by their ids alone. */
export const mostOperations = Math.floor(mostValues / valuesOfId)

export type SentOperation = Pick<PersistedOperation, 'id' | 'body'>

/** The operations in parts of which each fits into one request, in their order; one that is too large alone is a part of its own. */
export function manifestParts(operations: readonly PersistedOperation[]): SentOperation[][] {
  const parts: SentOperation[][] = []
  let room = { bytes: 0, operations: 0 }
  for (const { id, body } of operations) {
    const operation = { id, body }
    const bytes = Buffer.byteLength(JSON.stringify(operation)) + 1
    if (bytes > room.bytes || room.operations === 0) {
      parts.push([])
      room = { bytes: mostBytes, operations: Math.floor(mostValues / valuesOfOperation) }
    }
    parts.at(-1)!.push(operation)
    room = { bytes: room.bytes - bytes, operations: room.operations - 1 }
  }
  return parts
}
