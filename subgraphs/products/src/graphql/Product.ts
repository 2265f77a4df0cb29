import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { ProductResolvers } from '../generated/resolvers.ts'
import { visible } from './visible.ts'

export const Product: ProductResolvers = {
  __resolveReference: async (reference, context) => {
    if ('slug' in reference) return visible(await context.loaders.productBySlug.load(reference.slug), context)
    const id = tryFromGlobalId('Product', reference.id)
    return id === null ? null : visible(await context.loaders.product.load(id), context)
  },
  id: (product) => toGlobalId('Product', product.id),
  priceRange: ({ minPrice, maxPrice }) => ({ min: minPrice, max: maxPrice }),
  categories: (product, _, { loaders }) => loaders.categoriesOfProduct.load(product.id),
  variants: (product, _, { loaders }) => loaders.variantsOfProduct.load(product.id),
}
