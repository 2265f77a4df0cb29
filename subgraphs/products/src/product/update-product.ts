import { notFound, Refused, refuseIfAny, validationError } from '@cartograph/error-catalogue'
import { isUniqueViolation } from '@cartograph/service-runtime'
import { findProducts } from './find-products.ts'
import { checkBrand, checkDescription, checkSlug, checkTitle } from './product-rules.ts'
import type { ProductServices } from './product-services.ts'
import type { Product } from './product.ts'
import { tellProductChanged } from './tell-product-changed.ts'

/** What is undefined stays as it is. */
export interface ProductChanges {
  readonly title?: string | undefined
  readonly slug?: string | undefined
  readonly description?: string | undefined
  readonly brand?: string | null | undefined
  readonly categoryIds?: readonly string[] | undefined
}

/**
 * Changes what is given, whole or not at all, and tells of it. Of two at once the later one wins where both name the
 * same.
 */
export async function updateProduct(
  { db, outbox }: ProductServices,
  id: string,
  changes: ProductChanges,
): Promise<Product> {
  refuseIfAny([
    ...(changes.title === undefined ? [] : checkTitle(changes.title, ['input', 'title'])),
    ...(changes.slug === undefined ? [] : checkSlug(changes.slug, ['input', 'slug'])),
    ...(changes.description === undefined ? [] : checkDescription(changes.description, ['input', 'description'])),
    ...(changes.brand == null ? [] : checkBrand(changes.brand, ['input', 'brand'])),
  ])
  const { categoryIds, title, slug, description, brand } = changes
  await db
    .$transaction(async (tx) => {
      const fields = {
        ...(title !== undefined && { title: title.trim() }),
        ...(slug !== undefined && { slug }),
        ...(description !== undefined && { description }),
        ...(brand !== undefined && { brand }),
      }
      const { count } = await tx.product.updateMany({
        where: { id },
        data: { ...fields, version: { increment: 1 }, updatedAt: new Date() },
      })
      if (count === 0) throw new Refused([notFound('The product does not exist.', ['productId'])])
      if (categoryIds) {
        const wanted = [...new Set(categoryIds)]
        if ((await tx.category.count({ where: { id: { in: wanted } } })) !== wanted.length) {
          throw new Refused([notFound('A category does not exist.', ['input', 'categoryIds'])])
        }
        await tx.productCategory.deleteMany({ where: { productId: id } })
        await tx.productCategory.createMany({ data: wanted.map((categoryId) => ({ productId: id, categoryId })) })
      }
      await tellProductChanged(tx, outbox, id)
    })
    .catch((error: unknown) => {
      if (isUniqueViolation(error, 'product_slug_key'))
        throw new Refused([validationError('SLUG_TAKEN', `The slug ${slug} is taken.`, ['input', 'slug'])])
      throw error
    })
  outbox.wake()
  return (await findProducts(db, [id]))[0]!
}
