import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { ProductVariantResolvers } from '../generated/resolvers.ts'

export const ProductVariant: ProductVariantResolvers = {
  __resolveReference: (reference, { loaders }) => {
    if ('sku' in reference) return loaders.variantBySku.load(reference.sku)
    const id = tryFromGlobalId('ProductVariant', reference.id)
    return id ? loaders.variant.load(id) : null
  },
  id: (variant) => toGlobalId('ProductVariant', variant.id),
  product: async (variant, _, { loaders }) => (await loaders.product.load(variant.productId))!,
}
