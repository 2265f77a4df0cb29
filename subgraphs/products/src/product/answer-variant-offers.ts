import type { CurrencyCode } from '@cartograph/money'
import type { Database } from '../database.ts'

interface VariantOffer {
  variantId: string
  unitPrice: number
  currencyCode: CurrencyCode
  purchasable: boolean
}

/** What these variants cost now; only those of a published product can be bought. Unknown ids are left out. */
export async function answerVariantOffers(db: Database, variantIds: readonly string[]): Promise<VariantOffer[]> {
  return db.$queryRaw<VariantOffer[]>`
    select v.id as "variantId", v.price as "unitPrice", v.currency_code::text as "currencyCode", p.status = 'ACTIVE' as purchasable
    from variant v join product p on p.id = v.product_id where v.id = any(${variantIds}::uuid[])`
}
