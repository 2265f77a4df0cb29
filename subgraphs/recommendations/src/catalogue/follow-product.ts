import type { productChanged } from '@cartograph/contracts'
import type { ReceivedEvent } from '@cartograph/messaging'
import type { z } from 'zod'
import type { Database } from '../database.ts'
import { titleWords } from './title-words.ts'

/**
 * Takes over what a product has become, unless a later state of it is known already. Two that come at once follow each
 * other at the product's row, and the later state stays.
 */
export async function followProduct(
  tx: Database,
  { aggregateVersion: version, payload }: ReceivedEvent<z.output<typeof productChanged.payload>>,
): Promise<void> {
  const { productId, status, title, categoryIds, variantIds } = payload
  const written = await tx.$executeRaw`
    insert into product as p (id, category_ids, active, version, title_words)
    values (${productId}::uuid, ${categoryIds}::uuid[], ${status === 'ACTIVE'}::bool, ${version}::int,
      ${titleWords(title)}::text[])
    on conflict (id) do update
    set category_ids = excluded.category_ids, active = excluded.active, version = excluded.version,
      title_words = excluded.title_words
    where p.version < excluded.version`
  if (written === 0) return
  await tx.$executeRaw`
    with gone as (
      delete from variant where product_id = ${productId}::uuid and id <> all(${variantIds}::uuid[])
    )
    insert into variant (id, product_id) select id, ${productId}::uuid from unnest(${variantIds}::uuid[]) as id
    on conflict (id) do nothing`
}
