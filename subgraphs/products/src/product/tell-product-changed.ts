import { productChanged } from '@cartograph/contracts'
import type { Outbox } from '@cartograph/messaging'
import type { Database } from '../database.ts'
import type { ProductStatus } from './product.ts'

interface ChangedProduct {
  id: string
  version: number
  status: ProductStatus
  title: string
  categoryIds: string[]
  variantIds: string[]
}

/**
 * Tells subscribers what the product is now, in the transaction of its change. Each change raises the version while it
 * holds the product's row, so that a higher version always tells of a later state.
 */
export async function tellProductChanged(tx: Database, outbox: Outbox, productId: string): Promise<void> {
  const [product] = await tx.$queryRaw<ChangedProduct[]>`
    select p.id, p.version, p.status::text as status, p.title,
      array(select category_id from product_category where product_id = p.id order by category_id) as "categoryIds",
      array(select id from variant where product_id = p.id order by position) as "variantIds"
    from product p where p.id = ${productId}::uuid`
  const { id, version, ...told } = product!
  await outbox.publish(tx, productChanged, {
    aggregateId: id,
    aggregateVersion: version,
    occurredAt: new Date(),
    payload: { productId: id, ...told },
  })
}
