import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { createProduct } from '../../product/create-product.ts'

export const productCreate: MutationResolvers['productCreate'] = (_, { input }, context) =>
  payload('product', () =>
    createProduct(context, {
      title: input.title,
      slug: input.slug ?? null,
      description: input.description,
      brand: input.brand ?? null,
      categoryIds: input.categoryIds.map((id) => fromGlobalId('Category', id)),
      variants: input.variants,
    }),
  )
