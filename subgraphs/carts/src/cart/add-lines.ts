import type { Viewer } from '@cartograph/viewer'
import type { Database } from '../database.ts'
import { type LineAddition, planAddition } from './cart-rules.ts'
import type { CartServices } from './cart-services.ts'
import type { WrittenCart } from './cart.ts'
import { findLinesOfCarts } from './find-carts.ts'
import { lockCart } from './lock-cart.ts'
import { prepareAddition } from './prepare-addition.ts'
import { tellLinesAdded } from './tell-lines-added.ts'
import { writeLines } from './write-lines.ts'

/**
 * Adds units to a cart at today's prices, all or nothing. Prices and stock are asked for before the cart is held;
 * version, limits and the stock a line needs are judged on what it then holds, so that two adding at once lose no unit.
 * What is put into a user's cart is told of as an event.
 */
export async function addLines(
  services: CartServices,
  viewer: Viewer,
  cartId: string,
  additions: readonly LineAddition[],
  expectedVersion: number | null,
): Promise<WrittenCart> {
  const addition = await prepareAddition(services, viewer, additions)
  const { db, outbox } = services
  return outbox.wakingAfter<Database>(db).$transaction(async (tx) => {
    const cart = await lockCart(tx, viewer, cartId, expectedVersion)
    const lines = await findLinesOfCarts(tx, [cart.id])
    const changes = planAddition({ currencyCode: cart.currencyCode, lines }, addition)
    const written = await writeLines(tx, cart, lines, changes)
    await tellLinesAdded(tx, outbox, written.cart, addition.demand)
    return written
  })
}
