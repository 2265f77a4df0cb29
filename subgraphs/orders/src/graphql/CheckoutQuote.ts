import type { CheckoutQuoteResolvers } from '../generated/resolvers.ts'

export const CheckoutQuote: CheckoutQuoteResolvers = {
  shippingOptions: ({ options }) => [...options],
  problems: ({ problems }) => [...problems],
}
