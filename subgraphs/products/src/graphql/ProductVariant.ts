import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { ProductVariantResolvers } from '../generated/resolvers.ts'
import { visibleVariant } from './visible.ts'

export const ProductVariant: ProductVariantResolvers = {
  __resolveReference: async (reference, context) => {
    if ('sku' in reference) return visibleVariant(await context.loaders.variantBySku.load(reference.sku), context)
    const id = tryFromGlobalId('ProductVariant', reference.id)
    return id ? visibleVariant(await context.loaders.variant.load(id), context) : null
  },
  id: (variant) => toGlobalId('ProductVariant', variant.id),
  product: async (variant, _, { loaders }) => (await loaders.product.load(variant.productId))!,
}
