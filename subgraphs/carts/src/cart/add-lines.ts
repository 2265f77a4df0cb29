import type { Viewer } from '@cartograph/viewer'
import { type LineAddition, planAddition } from './cart-rules.ts'
import type { CartServices } from './cart-services.ts'
import type { WrittenCart } from './cart.ts'
import { findLinesOfCarts } from './find-carts.ts'
import { lockCart } from './lock-cart.ts'
import { prepareAddition } from './prepare-addition.ts'
import { writeLines } from './write-lines.ts'

/**
 * Adds units to a cart at today's prices, all or nothing. Prices and stock are asked for before the cart is held;
 * version, limits and the stock a line needs are judged on what it then holds, so that two adding at once lose no unit.
 */
export async function addLines(
  services: CartServices,
  viewer: Viewer,
  cartId: string,
  additions: readonly LineAddition[],
  expectedVersion: number | null,
): Promise<WrittenCart> {
  const addition = await prepareAddition(services, viewer, additions)
  return services.db.$transaction(async (tx) => {
    const cart = await lockCart(tx, viewer, cartId, expectedVersion)
    const lines = await findLinesOfCarts(tx, [cart.id])
    return writeLines(tx, cart, lines, planAddition({ currencyCode: cart.currencyCode, lines }, addition))
  })
}
