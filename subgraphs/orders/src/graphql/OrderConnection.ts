import type { OrderConnectionResolvers } from '../generated/resolvers.ts'
import { countOrders } from '../order/count-orders.ts'

export const OrderConnection: OrderConnectionResolvers = {
  totalCount: async ({ of }, _, { db, loaders }) =>
    'customerId' in of
      ? ((await loaders.orderCountOfCustomer.load(of.customerId))?.count ?? 0)
      : countOrders(db, of.condition),
}
