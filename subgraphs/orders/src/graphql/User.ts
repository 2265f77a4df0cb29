import { fromGlobalId } from '@cartograph/global-ids'
import type { UserResolvers } from '../generated/resolvers.ts'
import { listOrdersOfCustomer } from '../order/list-orders-of-customers.ts'

export const User: UserResolvers = {
  orders: ({ id }, page, { loaders }) => listOrdersOfCustomer(loaders, fromGlobalId('User', id), page),
}
