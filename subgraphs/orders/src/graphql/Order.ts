import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { OrderResolvers } from '../generated/resolvers.ts'
import { fulfillmentsAsOf, paymentsAsOf, refundsAsOf } from '../order/order-parts.ts'
import { listTimeline } from '../order/list-timeline.ts'
import { visible } from './visible.ts'

export const Order: OrderResolvers = {
  __resolveReference: async (reference, context) => {
    if ('number' in reference) return visible(await context.loaders.orderByNumber.load(reference.number), context)
    const id = tryFromGlobalId('Order', reference.id)
    return id === null ? null : visible(await context.loaders.order.load(id), context)
  },
  id: (order) => toGlobalId('Order', order.id),
  customer: ({ customerId }) => (customerId === null ? null : { id: toGlobalId('User', customerId) }),
  lines: async ({ id, asOf }, _, { loaders }) => {
    const lines = await loaders.linesOfOrder.load(id)
    return asOf ? lines.map((line) => ({ ...line, fulfilled: 0, refunded: 0 })) : lines
  },
  payments: async ({ id, asOf }, _, { loaders }) => paymentsAsOf(await loaders.paymentsOfOrder.load(id), asOf),
  fulfillments: async ({ id, asOf }, _, { loaders }) =>
    fulfillmentsAsOf(await loaders.fulfillmentsOfOrder.load(id), asOf),
  refunds: async ({ id, asOf }, _, { loaders }) => refundsAsOf(await loaders.refundsOfOrder.load(id), asOf),
  timeline: (order, page, { loaders }) => listTimeline(loaders.pageOfTimeline, order, page),
}
