import { invalidInput, notFound, Refused, refuseIfAny, validationError } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import { isUniqueViolation } from '@cartograph/service-runtime'
import { findProducts } from './find-products.ts'
import {
  checkBrand,
  checkDescription,
  checkSku,
  checkSlug,
  checkTitle,
  checkWeight,
  priceOf,
  slugOf,
} from './product-rules.ts'
import type { ProductServices } from './product-services.ts'
import type { Product } from './product.ts'
import { tellProductChanged } from './tell-product-changed.ts'

export interface NewProduct {
  readonly title: string
  readonly slug: string | null
  readonly description: string
  readonly brand: string | null
  readonly categoryIds: readonly string[]
  readonly variants: readonly NewVariant[]
}

export interface NewVariant {
  readonly sku: string
  readonly title: string
  readonly price: { readonly amount: string; readonly currencyCode: CurrencyCode }
  /** Grams of one, packed. */
  readonly weight: number
}

/**
 * Creates a draft with its variants, whole or not at all, and tells of it. Refuses a slug or SKU in use, also when two
 * creators race.
 */
export async function createProduct({ db, outbox }: ProductServices, input: NewProduct): Promise<Product> {
  const slug = input.slug ?? slugOf(input.title)
  refuseIfAny([
    ...checkTitle(input.title, ['input', 'title']),
    ...checkSlug(slug, ['input', 'slug']),
    ...checkDescription(input.description, ['input', 'description']),
    ...(input.brand === null ? [] : checkBrand(input.brand, ['input', 'brand'])),
    ...(input.variants.length >= 1 && input.variants.length <= 100
      ? []
      : [invalidInput('A product has 1 to 100 variants.', ['input', 'variants'])]),
    ...input.variants.flatMap((variant, index) => [
      ...checkSku(variant.sku, ['input', 'variants', String(index), 'sku']),
      ...checkTitle(variant.title, ['input', 'variants', String(index), 'title']),
      ...checkWeight(variant.weight, ['input', 'variants', String(index), 'weight']),
    ]),
  ])
  const prices = input.variants.map((variant, index) =>
    priceOf(variant.price, ['input', 'variants', String(index), 'price']),
  )
  const currencyCode = prices[0]!.currencyCode
  if (prices.some((price) => price.currencyCode !== currencyCode)) {
    throw new Refused([
      validationError('CURRENCY_MISMATCH', 'All variants of a product have one currency.', ['input', 'variants']),
    ])
  }
  const amounts = prices.map((price) => price.minorUnits)
  const id = await db
    .$transaction(async (tx) => {
      const known = await tx.category.count({ where: { id: { in: [...input.categoryIds] } } })
      if (known !== new Set(input.categoryIds).size)
        throw new Refused([notFound('A category does not exist.', ['input', 'categoryIds'])])
      const created = await tx.product.create({
        data: {
          slug,
          title: input.title.trim(),
          description: input.description,
          brand: input.brand,
          minPrice: Math.min(...amounts),
          maxPrice: Math.max(...amounts),
          currencyCode,
          categories: { create: [...new Set(input.categoryIds)].map((categoryId) => ({ categoryId })) },
          variants: {
            create: input.variants.map((variant, position) => ({
              sku: variant.sku,
              title: variant.title.trim(),
              price: amounts[position]!,
              currencyCode,
              weight: variant.weight,
              position,
            })),
          },
        },
        select: { id: true },
      })
      await tellProductChanged(tx, outbox, created.id)
      return created.id
    })
    .catch((error: unknown) => {
      if (isUniqueViolation(error, 'product_slug_key'))
        throw new Refused([validationError('SLUG_TAKEN', `The slug ${slug} is taken.`, ['input', 'slug'])])
      if (isUniqueViolation(error, 'variant_sku_key'))
        throw new Refused([validationError('SKU_TAKEN', 'A SKU is taken.', ['input', 'variants'])])
      throw error
    })
  outbox.wake()
  return (await findProducts(db, [id]))[0]!
}
