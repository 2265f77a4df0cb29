import type { RefundLineResolvers } from '../generated/resolvers.ts'

export const RefundLine: RefundLineResolvers = {
  orderLine: async ({ orderId, orderLineId }, _, { loaders }) =>
    (await loaders.linesOfOrder.load(orderId)).find(({ id }) => id === orderLineId)!,
}
