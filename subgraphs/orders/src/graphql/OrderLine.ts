import { toGlobalId } from '@cartograph/global-ids'
import { multiply } from '@cartograph/money'
import type { OrderLineResolvers } from '../generated/resolvers.ts'

export const OrderLine: OrderLineResolvers = {
  id: (line) => toGlobalId('OrderLine', line.id),
  variant: (line) => ({ id: toGlobalId('ProductVariant', line.variantId), sku: line.sku }),
  fulfilledQuantity: ({ fulfilled }) => fulfilled,
  refundedQuantity: ({ refunded }) => refunded,
  lineTotal: ({ unitPrice, quantity }) => multiply(unitPrice, quantity),
}
