import { fromGlobalId } from '@cartograph/global-ids'
import type { QueryResolvers } from '../../generated/resolvers.ts'
import { visible } from '../visible.ts'

export const order: QueryResolvers['order'] = async (_, { id }, context) =>
  visible(await context.loaders.order.load(fromGlobalId('Order', id)), context)
