import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { OrderResolvers } from '../generated/resolvers.ts'
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
  lines: (order, _, { loaders }) => loaders.linesOfOrder.load(order.id),
  timeline: (order, page, { loaders }) => listTimeline(loaders.pageOfTimeline, order.id, page),
}
