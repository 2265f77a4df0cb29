import type { Database } from '../database.ts'
import {
  type Product,
  productColumns,
  productOf,
  type ProductRow,
  type Variant,
  variantColumns,
  variantOf,
  type VariantRow,
} from './product.ts'

// Raw SQL where Prisma would write `IN ($1, $2, …)`: one text for any number of keys is one prepared statement.

/** The products with these ids, in no order; unknown ids are left out. */
export async function findProducts(db: Database, ids: readonly string[]): Promise<Product[]> {
  const rows = await db.$queryRaw<
    ProductRow[]
  >`select ${productColumns} from product p where p.id = any(${ids}::uuid[])`
  return rows.map(productOf)
}

/** The products with these slugs, in no order; unknown slugs are left out. */
export async function findProductsBySlug(db: Database, slugs: readonly string[]): Promise<Product[]> {
  const rows = await db.$queryRaw<
    ProductRow[]
  >`select ${productColumns} from product p where p.slug = any(${slugs}::text[])`
  return rows.map(productOf)
}

export async function findVariants(db: Database, ids: readonly string[]): Promise<Variant[]> {
  const rows = await db.$queryRaw<VariantRow[]>`
    select ${variantColumns} from variant v join product p on p.id = v.product_id where v.id = any(${ids}::uuid[])`
  return rows.map(variantOf)
}

export async function findVariantsBySku(db: Database, skus: readonly string[]): Promise<Variant[]> {
  const rows = await db.$queryRaw<VariantRow[]>`
    select ${variantColumns} from variant v join product p on p.id = v.product_id where v.sku = any(${skus}::text[])`
  return rows.map(variantOf)
}

/** The variants of these products, those of one product in their order. */
export async function findVariantsOfProducts(db: Database, productIds: readonly string[]): Promise<Variant[]> {
  const rows = await db.$queryRaw<VariantRow[]>`
    select ${variantColumns} from variant v join product p on p.id = v.product_id
    where v.product_id = any(${productIds}::uuid[]) and p.id = any(${productIds}::uuid[]) order by v.product_id, v.position`
  return rows.map(variantOf)
}
