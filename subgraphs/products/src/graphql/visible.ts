import type { ProductsContext } from '../context.ts'
import { isVisibleTo, type Product, type Variant } from '../product/product.ts'

/** The product, or null when there is none that the viewer may see. */
export function visible(product: Product | null, { viewer }: ProductsContext): Product | null {
  return product && isVisibleTo(viewer, product.status) ? product : null
}

/** The variant, or null when there is none that the viewer may see. */
export function visibleVariant(variant: Variant | null, { viewer }: ProductsContext): Variant | null {
  return variant && isVisibleTo(viewer, variant.productStatus) ? variant : null
}
