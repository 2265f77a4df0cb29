import { variantOffers } from '@cartograph/contracts'
import type { UserErrorData } from '@cartograph/error-catalogue'
import type { CurrencyCode } from '@cartograph/money'
import type { OrderServices } from '../order/order-services.ts'
import { notForSale } from './checkout-refusals.ts'
import { deadlineMs } from './checkout-step.ts'
import type { PurchaseLine } from './purchase.ts'
import { findShippingOptions, type ShippingOption } from './shipping.ts'

export interface PricedCart {
  /** At today's prices; those that cannot be bought are left out, and named in `problems`. */
  readonly lines: readonly PurchaseLine[]
  readonly problems: readonly UserErrorData[]
  readonly options: readonly ShippingOption[]
}

interface CartToPrice {
  readonly currencyCode: CurrencyCode
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]
}

/** What a cart costs today, and how it can be sent to a country. Throws UnansweredError when products does not answer. */
export async function priceCart(
  { db, products }: OrderServices,
  cart: CartToPrice,
  countryCode: string,
  requestId: string,
): Promise<PricedCart> {
  const { currencyCode } = cart
  const variantIds = cart.lines.map(({ variantId }) => variantId)
  const found = await products.ask(variantOffers, { variantIds }, { deadlineMs, requestId })
  const offers = new Map(found.map((offer) => [offer.variantId, offer]))
  const lines: PurchaseLine[] = []
  const problems: UserErrorData[] = []
  let grams = 0
  for (const { variantId, quantity } of cart.lines) {
    const offer = offers.get(variantId)
    if (!offer?.purchasable || offer.currencyCode !== currencyCode) problems.push(notForSale(variantId))
    else {
      const { productId, sku, title, unitPrice, weight } = offer
      lines.push({ variantId, productId, sku, title, quantity, unitPrice })
      grams += weight * quantity
    }
  }
  return { lines, problems, options: await findShippingOptions(db, { countryCode, currencyCode, grams }) }
}
