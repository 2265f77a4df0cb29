import type { FulfillmentLineResolvers } from '../generated/resolvers.ts'

export const FulfillmentLine: FulfillmentLineResolvers = {
  orderLine: async ({ orderId, orderLineId }, _, { loaders }) =>
    (await loaders.linesOfOrder.load(orderId)).find(({ id }) => id === orderLineId)!,
}
