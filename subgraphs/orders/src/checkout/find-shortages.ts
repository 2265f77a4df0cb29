import { cartContents } from '@cartograph/contracts'
import { UnansweredError } from '@cartograph/service-runtime'
import type { OrderServices } from '../order/order-services.ts'
import { type OutOfStock, outOfStock } from './checkout-refusals.ts'

const deadlineMs = 500

export interface CartToCheck {
  readonly cartId: string
  readonly customerId: string | null
  readonly cartTokenHash: string | null
}

/**
 * What of a cart there is too little of, while buyers are being refused for lack of stock; nothing at other times, and
 * when nobody knows. Two reads tell it, which holding the cart to find out costs five times.
 */
export async function findShortages(
  { carts, rush, logger }: OrderServices,
  { cartId, customerId, cartTokenHash }: CartToCheck,
): Promise<OutOfStock[]> {
  if (!rush.isOn()) return []
  const options = { deadlineMs, requestId: cartId }
  try {
    const cart = await carts.ask(cartContents, { cartId, userId: customerId, cartTokenHash }, options)
    if (cart === null || cart.lines.length === 0) return []
    const variantIds = cart.lines.map(({ variantId }) => variantId)
    const available = await rush.available(variantIds, cartId)
    const shortages = cart.lines
      .map(({ variantId, quantity }) => ({ variantId, requested: quantity, available: available.get(variantId) ?? 0 }))
      .filter((line) => line.available < line.requested)
    if (shortages.length > 0) rush.note()
    return shortages.map(outOfStock)
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error
    logger.debug({ err: error }, 'nobody knows whether it is sold out')
    return []
  }
}
