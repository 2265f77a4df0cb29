import type { MutationResolvers } from '../../generated/resolvers.ts'
import { cancelOrder } from '../../order/cancel-order.ts'
import { orderPayload } from '../order-payload.ts'

export const orderCancel: MutationResolvers['orderCancel'] = (_, { orderId: globalId, ...request }, context) =>
  orderPayload(context, globalId, (orderId) => cancelOrder(context.services, context.viewer, { orderId, ...request }))
