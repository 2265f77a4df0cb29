import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { fulfillOrder } from '../../order/fulfill-order.ts'
import { orderPayload } from '../order-payload.ts'

export const orderFulfill: MutationResolvers['orderFulfill'] = (
  _,
  { orderId: globalId, lines, trackingNumber, idempotencyKey },
  context,
) =>
  orderPayload(context, globalId, (orderId) =>
    fulfillOrder(context.services, context.viewer, {
      orderId,
      lines: lines.map(({ orderLineId, quantity }) => ({
        orderLineId: fromGlobalId('OrderLine', orderLineId),
        quantity,
      })),
      trackingNumber: trackingNumber ?? null,
      idempotencyKey,
    }),
  )
