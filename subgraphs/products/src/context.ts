import type { Viewer } from '@cartograph/viewer'
import { createLoaders, type Loaders } from './loaders.ts'
import type { ProductServices } from './product/product-services.ts'

export interface ProductsContext extends ProductServices {
  readonly viewer: Viewer
  readonly loaders: Loaders
}

export function productsContext(services: ProductServices, viewer: Viewer): ProductsContext {
  return { ...services, viewer, loaders: createLoaders(services.db) }
}
