import { fromGlobalId } from '@cartograph/global-ids'
import { findCheckout } from '../../checkout/find-checkouts.ts'
import type { QueryResolvers } from '../../generated/resolvers.ts'
import { visible } from '../visible.ts'

export const checkout: QueryResolvers['checkout'] = async (_, { id }, context) =>
  visible(await findCheckout(context.db, fromGlobalId('Checkout', id)), context)
