import { cartContents } from '@cartograph/contracts'
import { requestError, type UserErrorData } from '@cartograph/error-catalogue'
import { type CurrencyCode, money, type Money } from '@cartograph/money'
import { UnansweredError } from '@cartograph/service-runtime'
import type { Viewer } from '@cartograph/viewer'
import type { OrderServices } from '../order/order-services.ts'
import { hashOfCartToken } from './buyer.ts'
import { countryCode } from './check-request.ts'
import { deadlineMs } from './checkout-step.ts'
import { priceCart } from './price-cart.ts'
import { pricePurchase, type Purchase } from './purchase.ts'
import type { ShippingOption } from './shipping.ts'

/** What buying a cart would cost now, for each way to send it. */
export interface CheckoutQuote {
  readonly cartVersion: number
  readonly subtotal: Money
  readonly options: readonly QuotedOption[]
  /** What keeps it from being bought as it is. */
  readonly problems: readonly UserErrorData[]
}

export interface QuotedOption {
  readonly option: ShippingOption
  readonly purchase: Purchase
}

/** Null when there is no such cart that the viewer may buy. Throws SUBGRAPH_UNAVAILABLE when a service does not answer. */
export async function quoteCheckout(
  services: OrderServices,
  viewer: Viewer,
  cartId: string,
  country: string,
): Promise<CheckoutQuote | null> {
  if (!countryCode.safeParse(country).success)
    throw requestError('BAD_USER_INPUT', 'A country is ISO 3166-1 alpha-2, like GB.')
  const cartTokenHash = hashOfCartToken(viewer)
  try {
    const input = { cartId, userId: viewer.userId, cartTokenHash }
    const cart = await services.carts.ask(cartContents, input, { deadlineMs, requestId: viewer.requestId })
    if (cart === null) return null
    const { lines, problems, options } = await priceCart(services, cart, country, viewer.requestId)
    const quoted = options.map((option) => ({ option, purchase: pricePurchase(lines, option, option.taxRate) }))
    return { cartVersion: cart.version, subtotal: subtotalOf(lines, cart.currencyCode), options: quoted, problems }
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error
    throw requestError('SUBGRAPH_UNAVAILABLE', 'The cart cannot be priced at the moment. Try again.', {
      service: 'orders',
    })
  }
}

function subtotalOf(lines: Parameters<typeof pricePurchase>[0], currencyCode: CurrencyCode): Money {
  const free = { name: '', price: money(0, currencyCode) }
  return money(pricePurchase(lines, free, null).subtotal, currencyCode)
}
