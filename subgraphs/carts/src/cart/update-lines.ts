import type { Viewer } from '@cartograph/viewer'
import { askAvailability, type Availability } from './ask-availability.ts'
import { mayChangeCart } from './cart-access.ts'
import { checkUpdates, type LineUpdate, planUpdate } from './cart-rules.ts'
import type { CartServices } from './cart-services.ts'
import type { WrittenCart } from './cart.ts'
import { findCartLines, findLinesOfCarts } from './find-carts.ts'
import { lockCart } from './lock-cart.ts'
import { writeLines } from './write-lines.ts'

/**
 * Sets the quantities of lines, all or nothing; 0 removes one. Inventory is asked, before the cart is held, of the
 * lines that are raised; one that becomes a raise only because another writer came first is left to checkout.
 */
export async function updateLines(
  services: CartServices,
  viewer: Viewer,
  cartId: string,
  updates: readonly LineUpdate[],
  expectedVersion: number | null,
): Promise<WrittenCart> {
  checkUpdates(updates)
  const availability = await availabilityOfRaised(services, viewer, cartId, updates)
  return services.db.$transaction(async (tx) => {
    const cart = await lockCart(tx, viewer, cartId, expectedVersion)
    const lines = await findLinesOfCarts(tx, [cart.id])
    return writeLines(tx, cart, lines, planUpdate(lines, updates, availability))
  })
}

async function availabilityOfRaised(
  services: CartServices,
  viewer: Viewer,
  cartId: string,
  updates: readonly LineUpdate[],
): Promise<Availability | null> {
  const wanted = new Map(
    updates.filter(({ quantity }) => quantity > 1).map(({ lineId, quantity }) => [lineId, quantity]),
  )
  if (wanted.size === 0) return null
  const lines = await findCartLines(services.db, [...wanted.keys()])
  const raised = lines.filter(
    (line) => line.cartId === cartId && mayChangeCart(viewer, line.access) && line.quantity < wanted.get(line.id)!,
  )
  if (raised.length === 0) return null
  return askAvailability(
    services,
    raised.map(({ variantId }) => variantId),
    viewer.requestId,
  )
}
