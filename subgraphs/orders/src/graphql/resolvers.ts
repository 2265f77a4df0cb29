import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { Order } from './Order.ts'
import { OrderConnection } from './OrderConnection.ts'
import { OrderLine } from './OrderLine.ts'
import { Product } from './Product.ts'
import { order } from './Query/order.ts'
import { orders } from './Query/orders.ts'
import { User } from './User.ts'

export const resolvers: Resolvers = {
  Query: { order, orders },
  Order,
  OrderConnection,
  OrderLine,
  Product,
  User,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
