import type { Database } from '../database.ts'
import { aliasesOf } from './taken-ids.ts'

/** The bodies that a partner has stored under these ids, with or without `sha256:`, by the ids that they are kept under. */
export async function findStoredOperations(
  db: Database,
  partnerId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.persistedOperation.findMany({
    where: { partnerId, operationId: { in: ids.flatMap(aliasesOf) } },
    select: { operationId: true, body: true },
  })
  return new Map(rows.map(({ operationId, body }) => [operationId, body]))
}
