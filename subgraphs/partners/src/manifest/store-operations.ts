import { refuseIfAny } from '@cartograph/error-catalogue'
import type { Database } from '../database.ts'
import { findStoredOperations } from './find-stored-operations.ts'
import type { ReadOperations } from './submitted-operation.ts'
import { takenIds } from './taken-ids.ts'

/**
 * Stores operations of a partner whose row is locked, and answers how many were new. Refuses, for each, an id that has another
 * body already: whoever runs it would get something else than before.
 */
export async function storeOperations(
  tx: Database,
  partnerId: string,
  operations: ReadOperations['read'],
  at: Date,
): Promise<number> {
  const stored = await findStoredOperations(
    tx,
    partnerId,
    operations.map(({ id }) => id),
  )
  refuseIfAny(takenIds(operations, stored))
  const { count } = await tx.persistedOperation.createMany({
    data: operations
      .filter(({ id }) => !stored.has(id))
      .map(({ id, name, type, body }) => ({
        partnerId,
        operationId: id,
        name,
        type: type === 'query' ? 'QUERY' : 'MUTATION',
        body,
        addedAt: at,
      })),
  })
  return count
}
