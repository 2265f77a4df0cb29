import { listLoaderOf, loaderOf } from '@cartograph/service-runtime'
import type { Cart, WrittenCart } from './cart/cart.ts'
import { findActiveCartsOfUsers, findCartLines, findCarts, findLinesOfCarts } from './cart/find-carts.ts'
import type { Database } from './database.ts'

export type Loaders = ReturnType<typeof createLoaders>

/** One request's loaders: whatever a list's items ask for in one tick is one statement. */
export function createLoaders(db: Database) {
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
  }
}

/** Answers the rest of the request from what was just written, which then reads nothing again. */
export function remember(loaders: Loaders, { cart, lines }: WrittenCart): Cart {
  loaders.activeCartOfUser.clearAll()
  loaders.cartLine.clearAll()
  loaders.cart.clear(cart.id).prime(cart.id, cart)
  loaders.linesOfCart.clear(cart.id)
  if (lines) loaders.linesOfCart.prime(cart.id, [...lines])
  return cart
}
