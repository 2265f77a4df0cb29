import { invalidInput, notFound, Refused } from '@cartograph/error-catalogue'
import type { PrismaClient } from '../database.ts'
import { findProducts } from './find-products.ts'
import type { Product, ProductStatus } from './product.ts'

/**
 * Publishes or archives a product. Setting the status that it has changes nothing. A draft cannot be archived: archived
 * products stay visible to carts and orders, and nobody outside has seen a draft.
 */
export async function setProductStatus(
  db: PrismaClient,
  id: string,
  status: Exclude<ProductStatus, 'DRAFT'>,
): Promise<Product> {
  const from = status === 'ACTIVE' ? (['DRAFT', 'ARCHIVED'] as const) : (['ACTIVE'] as const)
  await db.product.updateMany({ where: { id, status: { in: [...from] } }, data: { status } })
  const [product] = await findProducts(db, [id])
  if (!product) throw new Refused([notFound('The product does not exist.', ['productId'])])
  if (product.status !== status)
    throw new Refused([invalidInput('The product is a draft, which is not published yet.', ['productId'])])
  return product
}
