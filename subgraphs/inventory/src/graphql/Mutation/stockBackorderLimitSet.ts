import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { setBackorderLimit } from '../../stock/set-backorder-limit.ts'

export const stockBackorderLimitSet: MutationResolvers['stockBackorderLimitSet'] = (_, { variantId, limit }, { db }) =>
  payload('stockLevel', () => setBackorderLimit(db, fromGlobalId('ProductVariant', variantId), limit))
