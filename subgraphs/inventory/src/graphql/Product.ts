import { fromGlobalId } from '@cartograph/global-ids'
import type { ProductResolvers } from '../generated/resolvers.ts'

export const Product: ProductResolvers = {
  inStock: async ({ variants }, _, { loaders }) => {
    const found = await loaders.availability.loadMany(variants.map(({ id }) => fromGlobalId('ProductVariant', id)))
    const failure = found.find((availability) => availability instanceof Error)
    if (failure) throw failure
    return found.some(
      (availability) => availability !== null && !(availability instanceof Error) && availability.orderable > 0,
    )
  },
}
