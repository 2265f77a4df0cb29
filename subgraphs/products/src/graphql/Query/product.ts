import { fromGlobalId } from '@cartograph/global-ids'
import type { QueryResolvers } from '../../generated/resolvers.ts'
import { visible } from '../visible.ts'

export const product: QueryResolvers['product'] = async (_, { id }, context) =>
  visible(await context.loaders.product.load(fromGlobalId('Product', id)), context)
