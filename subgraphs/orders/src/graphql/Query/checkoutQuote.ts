import { fromGlobalId } from '@cartograph/global-ids'
import { quoteCheckout } from '../../checkout/quote-checkout.ts'
import type { QueryResolvers } from '../../generated/resolvers.ts'

export const checkoutQuote: QueryResolvers['checkoutQuote'] = (_, { cartId, countryCode }, context) =>
  quoteCheckout(context.services, context.viewer, fromGlobalId('Cart', cartId), countryCode)
