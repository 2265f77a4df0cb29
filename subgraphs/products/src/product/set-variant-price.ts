import { priceChanged } from '@cartograph/contracts'
import { notFound, Refused, validationError } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import { findVariants } from './find-products.ts'
import { priceOf } from './product-rules.ts'
import type { ProductServices } from './product-services.ts'
import type { Variant } from './product.ts'

/**
 * Sets a variant's price and with it the product's price range, and tells of it, in one transaction that holds the
 * product's row: two prices set at once leave a range that spans both, and a higher version is always the later price.
 * Setting the price that it has changes nothing.
 */
export async function setVariantPrice(
  { db, outbox }: ProductServices,
  variantId: string,
  input: { amount: string; currencyCode: CurrencyCode },
): Promise<Variant> {
  const price = priceOf(input, ['price'])
  await db.$transaction(async (tx) => {
    const [product] = await tx.$queryRaw<{ id: string; currency_code: string }[]>`
      select p.id, p.currency_code::text from product p
      where p.id = (select product_id from variant where id = ${variantId}::uuid) for update`
    if (!product) throw new Refused([notFound('The variant does not exist.', ['variantId'])])
    if (product.currency_code !== price.currencyCode) {
      throw new Refused([
        validationError('CURRENCY_MISMATCH', `The product is priced in ${product.currency_code}.`, [
          'price',
          'currencyCode',
        ]),
      ])
    }
    const [variant] = await tx.$queryRaw<{ version: number }[]>`
      update variant set price = ${price.minorUnits}, version = version + 1
      where id = ${variantId}::uuid and price <> ${price.minorUnits} returning version`
    if (!variant) return
    await tx.$executeRaw`
      update product set updated_at = now(), (min_price, max_price) =
        (select min(price), max(price) from variant where product_id = ${product.id}::uuid)
      where id = ${product.id}::uuid`
    await outbox.publish(tx, priceChanged, {
      aggregateId: variantId,
      aggregateVersion: variant.version,
      occurredAt: new Date(),
      payload: { variantId, productId: product.id, unitPrice: price.minorUnits, currencyCode: price.currencyCode },
    })
  })
  outbox.wake()
  return (await findVariants(db, [variantId]))[0]!
}
