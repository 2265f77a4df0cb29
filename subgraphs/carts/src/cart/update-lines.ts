import type { Viewer } from '@cartograph/viewer'
import { type Findings, nothingAsked } from './ask-about-variants.ts'
import { askAvailability } from './ask-availability.ts'
import { askOffers } from './ask-offers.ts'
import { mayChangeCart } from './cart-access.ts'
import { checkUpdates, type LineUpdate, planUpdate } from './cart-rules.ts'
import type { CartServices } from './cart-services.ts'
import type { WrittenCart } from './cart.ts'
import { findCartLines, findLinesOfCarts } from './find-carts.ts'
import { lockCart } from './lock-cart.ts'
import { writeLines } from './write-lines.ts'

/**
 * Sets the quantities of lines, all or nothing; 0 removes one. Products and inventory are asked, before the cart is
 * held, of the lines that are raised, which take today's price; one that becomes a raise only because another writer
 * came first keeps its price, and is left to checkout.
 */
export async function updateLines(
  services: CartServices,
  viewer: Viewer,
  cartId: string,
  updates: readonly LineUpdate[],
  expectedVersion: number | null,
): Promise<WrittenCart> {
  checkUpdates(updates)
  const findings = await askAboutRaised(services, viewer, cartId, updates)
  return services.db.$transaction(async (tx) => {
    const cart = await lockCart(tx, viewer, cartId, expectedVersion)
    const lines = await findLinesOfCarts(tx, [cart.id])
    return writeLines(tx, cart, lines, planUpdate(lines, updates, findings))
  })
}

async function askAboutRaised(
  services: CartServices,
  viewer: Viewer,
  cartId: string,
  updates: readonly LineUpdate[],
): Promise<Findings> {
  const wanted = new Map(
    updates.filter(({ quantity }) => quantity > 1).map(({ lineId, quantity }) => [lineId, quantity]),
  )
  if (wanted.size === 0) return nothingAsked
  const lines = await findCartLines(services.db, [...wanted.keys()])
  const raised = lines.filter(
    (line) => line.cartId === cartId && mayChangeCart(viewer, line.access) && line.quantity < wanted.get(line.id)!,
  )
  if (raised.length === 0) return nothingAsked
  const variantIds = raised.map(({ variantId }) => variantId)
  const [offers, availability] = await Promise.all([
    askOffers(services.products, variantIds, viewer.requestId),
    askAvailability(services, variantIds, viewer.requestId),
  ])
  return { asked: new Set(variantIds), offers, availability }
}
