import { Refused } from '@cartograph/error-catalogue'
import type { Database } from '../database.ts'
import { findStoredOperations } from './find-stored-operations.ts'
import { invalidOperation } from './invalid-operation.ts'
import type { ReadOperations } from './submitted-operation.ts'

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
  const taken = operations.filter(({ id, body }) => (stored.get(id) ?? body) !== body)
  if (taken.length > 0)
    throw new Refused(taken.map((operation) => invalidOperation(operation, 'Its id has another body already, and ids never get another one.')))
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
