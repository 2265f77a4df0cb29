import { listLoaderOf, loaderOf } from '@cartograph/service-runtime'
import type { CartServices } from './cart/cart-services.ts'
import type { Cart, WrittenCart } from './cart/cart.ts'
import { findActiveCartsOfUsers, findCartLines, findCarts, findLinesOfCarts } from './cart/find-carts.ts'
import { standingLoader } from './cart/line-availability.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement, or one question. */
export function createLoaders(services: CartServices, requestId: string) {
  const { db } = services
  return {
    cart: loaderOf(
      (ids) => findCarts(db, ids),
      (cart) => cart.id,
    ),
    activeCartOfUser: loaderOf(
      (userIds) => findActiveCartsOfUsers(db, userIds),
      (cart) => cart.access.userId ?? '',
    ),
    cartLine: loaderOf(
      (ids) => findCartLines(db, ids),
      (line) => line.id,
    ),
    linesOfCart: listLoaderOf(
      (cartIds) => findLinesOfCarts(db, cartIds),
      (line) => line.cartId,
    ),
    /** What is known of a variant that a line holds. */
    standing: standingLoader(services, requestId),
  }
}

/** Answers the rest of the request from what was just written, which then reads nothing again. */
export function remember(loaders: Loaders, { cart, lines }: WrittenCart): Cart {
  loaders.activeCartOfUser.clearAll()
  loaders.cartLine.clearAll()
  loaders.cart.clearAll().prime(cart.id, cart)
  loaders.linesOfCart.clearAll()
  if (lines) loaders.linesOfCart.prime(cart.id, [...lines])
  return cart
}
