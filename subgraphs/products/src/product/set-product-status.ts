import { notFound, Refused } from '@cartograph/error-catalogue'
import type { PrismaClient } from '../database.ts'
import { findProducts } from './find-products.ts'
import type { Product, ProductStatus } from './product.ts'

/** Publishes or archives a product. Setting the status that it has changes nothing. */
export async function setProductStatus(db: PrismaClient, id: string, status: Exclude<ProductStatus, 'DRAFT'>): Promise<Product> {
  await db.product.updateMany({ where: { id, status: { not: status } }, data: { status } })
  const [product] = await findProducts(db, [id])
  if (!product) throw new Refused([notFound('The product does not exist.', ['productId'])])
  return product
}
