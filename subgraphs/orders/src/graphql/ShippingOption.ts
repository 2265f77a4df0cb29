import { money } from '@cartograph/money'
import type { ShippingOptionResolvers } from '../generated/resolvers.ts'

export const ShippingOption: ShippingOptionResolvers = {
  code: ({ option }) => option.code,
  name: ({ option }) => option.name,
  shipping: ({ option }) => option.price,
  tax: ({ purchase: { taxRate, tax, currencyCode } }) => taxRate && { taxRate, amount: money(tax, currencyCode) },
  total: ({ purchase: { total, currencyCode } }) => money(total, currencyCode),
}
