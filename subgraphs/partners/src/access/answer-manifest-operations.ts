import type { manifestOperations } from '@cartograph/contracts'
import type { z } from 'zod'
import type { Database } from '../database.ts'

type Answer = z.input<typeof manifestOperations.answer>

/**
 * The operations of manifests, each manifest's by id, in one statement. PostgreSQL puts them together: ten thousand
 * operations are twenty rows.
 */
export async function answerManifestOperations(db: Database, manifestIds: readonly string[]): Promise<Answer> {
  return db.$queryRaw<Answer>`
    select m.id as "manifestId", coalesce(found.operations, '[]') as operations
    from manifest m cross join lateral (
      select json_agg(
        json_build_object('id', o.operation_id, 'name', o.name, 'type', lower(o.type::text), 'body', o.body)
        order by o.operation_id
      ) as operations
      from manifest_operation n
      join persisted_operation o on o.partner_id = n.partner_id and o.operation_id = n.operation_id
      where n.manifest_id = m.id
    ) found
    where m.id = any(${manifestIds}::uuid[]) order by m.id`
}
