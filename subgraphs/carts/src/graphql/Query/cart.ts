import { fromGlobalId } from '@cartograph/global-ids'
import type { QueryResolvers } from '../../generated/resolvers.ts'
import { visible } from '../visible.ts'

export const cart: QueryResolvers['cart'] = async (_, { id }, context) =>
  visible(await context.loaders.cart.load(fromGlobalId('Cart', id)), context)
