import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { setProductStatus } from '../../product/set-product-status.ts'

export const productPublish: MutationResolvers['productPublish'] = (_, { productId }, context) =>
  payload('product', () => setProductStatus(context, fromGlobalId('Product', productId), 'ACTIVE'))
