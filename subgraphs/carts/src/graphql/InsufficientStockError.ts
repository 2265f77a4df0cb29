import { toGlobalId } from '@cartograph/global-ids'
import type { InsufficientStockErrorResolvers } from '../generated/resolvers.ts'

export const InsufficientStockError: InsufficientStockErrorResolvers = {
  variant: ({ variantId }) => ({ id: toGlobalId('ProductVariant', variantId) }),
}
