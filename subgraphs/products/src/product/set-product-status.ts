import { invalidInput, notFound, Refused } from '@cartograph/error-catalogue'
import { findProducts } from './find-products.ts'
import type { ProductServices } from './product-services.ts'
import type { Product, ProductStatus } from './product.ts'
import { tellProductChanged } from './tell-product-changed.ts'

/**
 * Publishes or archives a product, and tells of it. Setting the status that it has changes nothing, and of several at
 * once one does. A draft cannot be archived: archived products stay visible to carts and orders, and nobody outside has
 * seen a draft.
 */
export async function setProductStatus(
  { db, outbox }: ProductServices,
  id: string,
  status: Exclude<ProductStatus, 'DRAFT'>,
): Promise<Product> {
  const from = status === 'ACTIVE' ? (['DRAFT', 'ARCHIVED'] as const) : (['ACTIVE'] as const)
  await db.$transaction(async (tx) => {
    const { count } = await tx.product.updateMany({
      where: { id, status: { in: [...from] } },
      data: { status, version: { increment: 1 } },
    })
    if (count > 0) await tellProductChanged(tx, outbox, id)
  })
  outbox.wake()
  const [product] = await findProducts(db, [id])
  if (!product) throw new Refused([notFound('The product does not exist.', ['productId'])])
  if (product.status !== status)
    throw new Refused([invalidInput('The product is a draft, which is not published yet.', ['productId'])])
  return product
}
