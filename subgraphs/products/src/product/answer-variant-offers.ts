import type { CurrencyCode } from '@cartograph/money'
import type { Database } from '../database.ts'

interface VariantOffer {
  variantId: string
  productId: string
  sku: string
  title: string
  unitPrice: number
  currencyCode: CurrencyCode
  version: number
  purchasable: boolean
  weight: number
}

/**
 * What these variants are and cost now; only those of a published product can be bought. Unknown ids are left out. A
 * variant without siblings is called by its product's title, any other by both.
 */
export async function answerVariantOffers(db: Database, variantIds: readonly string[]): Promise<VariantOffer[]> {
  return db.$queryRaw<VariantOffer[]>`
    select v.id as "variantId", p.id as "productId", v.sku,
      case when exists (select from variant other where other.product_id = p.id and other.id <> v.id)
        then p.title || ', ' || v.title else p.title end as title,
      v.price as "unitPrice", v.currency_code::text as "currencyCode", v.version, p.status = 'ACTIVE' as purchasable,
      v.weight
    from variant v join product p on p.id = v.product_id where v.id = any(${variantIds}::uuid[])`
}
