import type { OrderTaxResolvers } from '../generated/resolvers.ts'

export const OrderTax: OrderTaxResolvers = {
  name: ({ taxRate }) => taxRate.name,
  // Hundredths of a per cent, as text: a rate is no float either.
  rate: ({ taxRate: { rate } }) => `${Math.trunc(rate / 100)}.${String(rate % 100).padStart(2, '0')}`,
  included: ({ taxRate }) => taxRate.included,
}
