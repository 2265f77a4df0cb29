import { maySeeCart } from '../cart/cart-access.ts'
import type { CartAccess } from '../cart/cart.ts'
import type { CartsContext } from '../context.ts'

/** The cart or line, or null when there is none that the viewer may see. */
export function visible<Model extends { readonly access: CartAccess }>(
  model: Model | null,
  { viewer }: CartsContext,
): Model | null {
  return model && maySeeCart(viewer, model.access) ? model : null
}
