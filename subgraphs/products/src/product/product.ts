import { type CurrencyCode, type Money, money } from '@cartograph/money'
import type { Viewer } from '@cartograph/viewer'
import { Prisma } from '../database.ts'

export type ProductStatus = 'DRAFT' | 'ACTIVE' | 'ARCHIVED'

export interface Product {
  readonly id: string
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly brand: string | null
  readonly status: ProductStatus
  readonly minPrice: Money
  readonly maxPrice: Money
  readonly createdAt: Date
}

export interface Variant {
  readonly id: string
  readonly productId: string
  readonly sku: string
  readonly title: string
  readonly price: Money
  readonly compareAtPrice: Money | null
  /** Grams of one, packed. */
  readonly weight: number
  /** The status of the product it belongs to. */
  readonly productStatus: ProductStatus
}

/** The columns that `productOf` reads. */
export const productColumns = Prisma.sql`p.id, p.slug, p.title, p.description, p.brand, p.status::text as status,
  p.min_price, p.max_price, p.currency_code::text as currency_code, p.created_at`

export interface ProductRow {
  id: string
  slug: string
  title: string
  description: string
  brand: string | null
  status: ProductStatus
  min_price: number
  max_price: number
  currency_code: CurrencyCode
  created_at: Date
}

export function productOf(row: ProductRow): Product {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    description: row.description,
    brand: row.brand,
    status: row.status,
    minPrice: money(row.min_price, row.currency_code),
    maxPrice: money(row.max_price, row.currency_code),
    createdAt: row.created_at,
  }
}

/** The columns that `variantOf` reads, of a variant joined with its product. */
export const variantColumns = Prisma.sql`v.id, v.product_id, v.sku, v.title, v.price, v.compare_at_price, v.weight,
  v.currency_code::text as currency_code, p.status::text as product_status`

export interface VariantRow {
  id: string
  product_id: string
  sku: string
  title: string
  price: number
  compare_at_price: number | null
  weight: number
  currency_code: CurrencyCode
  product_status: ProductStatus
}

export function variantOf(row: VariantRow): Variant {
  return {
    id: row.id,
    productId: row.product_id,
    sku: row.sku,
    title: row.title,
    price: money(row.price, row.currency_code),
    compareAtPrice: row.compare_at_price === null ? null : money(row.compare_at_price, row.currency_code),
    weight: row.weight,
    productStatus: row.product_status,
  }
}

/** A draft is nobody's business but its editors'; what was once published stays visible to carts and orders. */
export function isVisibleTo(viewer: Viewer, status: ProductStatus): boolean {
  return status !== 'DRAFT' || viewer.may('products:read')
}
