import type { QueryResolvers } from '../../generated/resolvers.ts'
import { listOrders } from '../../order/list-orders.ts'

export const orders: QueryResolvers['orders'] = (_, { filter, ...page }, { db }) =>
  listOrders(
    db,
    {
      statuses: filter?.status ?? null,
      placedAfter: filter?.placedAfter ?? null,
      placedBefore: filter?.placedBefore ?? null,
    },
    page,
  )
