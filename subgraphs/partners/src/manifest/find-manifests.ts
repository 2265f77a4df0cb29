import type { Database } from '../database.ts'
import type { Manifest } from './manifest.ts'

/** The manifests that there are of these. */
export async function findManifests(db: Database, ids: readonly string[]): Promise<Manifest[]> {
  return db.manifest.findMany({ where: { id: { in: [...ids] } } })
}

/** How many operations each of these has. */
export async function countOperations(
  db: Database,
  manifestIds: readonly string[],
): Promise<{ manifestId: string; count: number }[]> {
  return db.$queryRaw`
    select manifest_id as "manifestId", count(*)::int as count from manifest_operation
    where manifest_id = any(${[...manifestIds]}::uuid[]) group by manifest_id`
}
