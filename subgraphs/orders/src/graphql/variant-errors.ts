import { toGlobalId } from '@cartograph/global-ids'
import type { NotForSaleErrorResolvers, OutOfStockErrorResolvers } from '../generated/resolvers.ts'

export const OutOfStockError: OutOfStockErrorResolvers = {
  variant: ({ variantId }) => ({ id: toGlobalId('ProductVariant', variantId) }),
}

export const NotForSaleError: NotForSaleErrorResolvers = {
  variant: ({ variantId }) => ({ id: toGlobalId('ProductVariant', variantId) }),
}
