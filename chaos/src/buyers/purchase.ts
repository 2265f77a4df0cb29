import { completeCheckout } from './complete-checkout.ts'
import { pickCard } from './cards.ts'
import type { OpenedCart } from './open-cart.ts'
import type { QuoteAnswer } from './operations.ts'
import type { PlacedOrder } from './placed-order.ts'

const countries = ['GB', 'GB', 'GB', 'DE', 'FR', 'US', 'NO', 'CH', 'JP']
const mostTries = 3

/**
 * Buys a cart as a shopper would: quotes, pays, and tries again when the price has changed or the card was declined.
 * Keys need not be different from other buyers', so they are not.
 */
export async function purchase(cart: OpenedCart, nextKey: () => string): Promise<PlacedOrder | null> {
  const { client, id: cartId } = cart
  const { random } = client
  const countryCode = random.pick(countries)
  let card = pickCard(client.market.cards, random)
  for (let tries = 0; tries < mostTries; tries++) {
    const { checkoutQuote: quote } = await client.ask<{ checkoutQuote: QuoteAnswer | null }>('checkoutQuote', {
      cartId,
      countryCode,
    })
    if (!quote || quote.problems.length > 0 || quote.shippingOptions.length === 0) return null
    const shipping = random.pick(quote.shippingOptions)
    const input = {
      email: `shopper-${random.between(1, 1_000_000)}@chaos.example`,
      shippingAddress: { fullName: 'A Buyer', line1: '1 Street', city: 'Town', postalCode: 'AB1 2CD', countryCode },
      shippingMethodCode: shipping.code,
      paymentMethodToken: card,
      expectedTotal: shipping.total,
      expectedCartVersion: random.next() < 0.5 ? quote.cartVersion : null,
    }
    const { orderId, refusals } = await completeCheckout(client, cartId, input, nextKey())
    for (const code of refusals) client.market.tale.refused(code)
    if (orderId !== null) return { orderId, client }
    if (refusals.includes('PAYMENT_DECLINED')) card = 'sandbox_visa'
    else if (!refusals.includes('TOTAL_CHANGED') && !refusals.includes('CART_CHANGED')) return null
  }
  return null
}
