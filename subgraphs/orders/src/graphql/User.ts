import { fromGlobalId } from '@cartograph/global-ids'
import type { UserResolvers } from '../generated/resolvers.ts'
import { listOrdersOfCustomer } from '../order/list-orders-of-customer.ts'

export const User: UserResolvers = {
  orders: ({ id }, page, { loaders }) =>
    listOrdersOfCustomer(loaders.pageOfCustomerOrders, fromGlobalId('User', id), page),
}
