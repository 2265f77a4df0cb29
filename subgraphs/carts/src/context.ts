import type { Viewer } from '@cartograph/viewer'
import type { CartServices } from './cart/cart-services.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface CartsContext extends CartServices {
  readonly viewer: Viewer
  readonly loaders: Loaders
}

export function cartsContext(services: CartServices, viewer: Viewer): CartsContext {
  return { ...services, viewer, loaders: createLoaders(services, viewer.requestId) }
}
