import { fromGlobalId } from '@cartograph/global-ids'
import type { ProductVariantResolvers } from '../generated/resolvers.ts'
import { bucketed, stockStatusOf } from '../stock/availability.ts'

export const ProductVariant: ProductVariantResolvers = {
  availability: async ({ id }, _, { loaders }) => {
    const availability = await loaders.availability.load(fromGlobalId('ProductVariant', id))
    return availability
      ? { status: stockStatusOf(availability), maxOrderQuantity: bucketed(availability.orderable) }
      : { status: 'OUT_OF_STOCK', maxOrderQuantity: 0 }
  },
  stockLevels: ({ id }, _, { loaders }) => loaders.stockLevelsOfVariant.load(fromGlobalId('ProductVariant', id)),
}
