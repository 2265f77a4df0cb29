import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { callerId } from '@cartograph/viewer'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { adjustStock } from '../../stock/adjust-stock.ts'

export const stockAdjust: MutationResolvers['stockAdjust'] = (
  _,
  { idempotencyKey, variantId, locationId, delta, reason },
  context,
) =>
  payload('stockLevel', () =>
    adjustStock(context, callerId(context), idempotencyKey, {
      variantId: fromGlobalId('ProductVariant', variantId),
      locationId: fromGlobalId('StockLocation', locationId),
      delta,
      reason,
    }),
  )
