import { payload } from '@cartograph/error-catalogue'
import { signedInUserId } from '@cartograph/viewer'
import { mergeCarts } from '../../cart/merge-carts.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { remember } from '../../loaders.ts'

export const cartMerge: MutationResolvers['cartMerge'] = async (_, { guestCartToken, expectedVersion }, context) => {
  const { merged, userErrors } = await payload('merged', () =>
    mergeCarts(context, context.viewer, signedInUserId(context), guestCartToken, expectedVersion ?? null),
  )
  return { cart: merged && remember(context.loaders, merged), capped: merged ? [...merged.capped] : [], userErrors }
}
