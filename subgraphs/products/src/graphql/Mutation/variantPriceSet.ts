import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { setVariantPrice } from '../../product/set-variant-price.ts'

export const variantPriceSet: MutationResolvers['variantPriceSet'] = (_, { variantId, price }, context) =>
  payload('variant', () => setVariantPrice(context, fromGlobalId('ProductVariant', variantId), price))
