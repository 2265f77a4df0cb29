import { lockCart, unlockCart } from '@cartograph/contracts'
import { Refused } from '@cartograph/error-catalogue'
import { sendCommand } from '@cartograph/messaging'
import { money } from '@cartograph/money'
import {
  cartChanged,
  cartCheckedOut,
  cartEmpty,
  cartLocked,
  cartNotFound,
  shippingUnavailable,
  totalChanged,
} from '../checkout-refusals.ts'
import { type CheckoutStep, deadlineMs, keyOf, RefusedAfterEffect } from '../checkout-step.ts'
import { findShortages } from '../find-shortages.ts'
import { priceCart } from '../price-cart.ts'
import { pricePurchase } from '../purchase.ts'

/** Holds the cart, and fixes what is bought and what it costs: today's prices, which the buyer must have expected. */
export const lockCartStep: CheckoutStep = {
  from: 'NEW',
  to: 'CART_LOCKED',
  async take(services, checkout, { isFirstTry }) {
    const { cartId, customerId, request } = checkout
    const { cartTokenHash, expectedCartVersion: expectedVersion } = request
    const shortages = await findShortages(services, { cartId, customerId, cartTokenHash })
    // Somebody who has tried before may hold the cart.
    if (shortages.length > 0) throw isFirstTry ? new Refused(shortages) : new RefusedAfterEffect(shortages)
    const cart = await sendCommand(
      services.carts,
      lockCart,
      keyOf(checkout, 'lock-cart'),
      { checkoutId: checkout.id, cartId, userId: customerId, cartTokenHash, expectedVersion },
      { deadlineMs, requestId: checkout.id },
    )
    switch (cart.outcome) {
      case 'not-found':
        throw new Refused([cartNotFound()])
      case 'empty':
        throw new Refused([cartEmpty()])
      case 'checked-out':
        throw new Refused([cartCheckedOut()])
      case 'locked-by-another':
        throw new Refused([cartLocked()])
      case 'changed':
        throw new Refused([cartChanged(cart.currentVersion)])
      case 'locked':
    }
    const { countryCode } = request.shippingAddress
    const { lines, problems, options } = await priceCart(services, cart, countryCode, checkout.id)
    const chosen = options.find(({ code }) => code === request.shippingMethodCode)
    if (problems.length > 0) throw new RefusedAfterEffect(problems)
    if (!chosen) throw new RefusedAfterEffect([shippingUnavailable()])
    const purchase = pricePurchase(lines, chosen, chosen.taxRate)
    const total = money(purchase.total, purchase.currencyCode)
    const { minorUnits, currencyCode } = request.expectedTotal
    if (total.minorUnits !== minorUnits || total.currencyCode !== currencyCode)
      throw new RefusedAfterEffect([totalChanged(total)])
    return { purchase }
  },
  async undo(services, checkout) {
    const input = { checkoutId: checkout.id, cartId: checkout.cartId }
    const options = { deadlineMs, requestId: checkout.id }
    await sendCommand(services.carts, unlockCart, keyOf(checkout, 'unlock-cart'), input, options)
  },
}
