import type { ProductsContext } from '../context.ts'
import { isVisibleTo, type Product } from '../product/product.ts'

/** The product, or null when there is none that the viewer may see. */
export function visible(product: Product | null, { viewer }: ProductsContext): Product | null {
  return product && isVisibleTo(viewer, product) ? product : null
}
