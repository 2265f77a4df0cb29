import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { updateProduct } from '../../product/update-product.ts'

export const productUpdate: MutationResolvers['productUpdate'] = (_, { productId, input }, context) =>
  payload('product', () =>
    updateProduct(context, fromGlobalId('Product', productId), {
      title: input.title ?? undefined,
      slug: input.slug ?? undefined,
      description: input.description ?? undefined,
      brand: input.brand,
      categoryIds: input.categoryIds?.map((id) => fromGlobalId('Category', id)),
    }),
  )
