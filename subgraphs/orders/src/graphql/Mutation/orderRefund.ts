import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { refundOrder } from '../../order/refund-order.ts'
import { orderPayload } from '../order-payload.ts'

export const orderRefund: MutationResolvers['orderRefund'] = (
  _,
  { orderId: globalId, lines, reason, ...request },
  context,
) =>
  orderPayload(context, globalId, (orderId) =>
    refundOrder(context.services, context.viewer, {
      ...request,
      orderId,
      lines: lines.map((line) => ({ ...line, orderLineId: fromGlobalId('OrderLine', line.orderLineId) })),
      reason: reason ?? null,
    }),
  )
