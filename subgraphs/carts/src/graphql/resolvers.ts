import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { CappedLine } from './CappedLine.ts'
import { Cart } from './Cart.ts'
import { CartLine } from './CartLine.ts'
import { InsufficientStockError } from './InsufficientStockError.ts'
import { cartCreate } from './Mutation/cartCreate.ts'
import { cartLinesAdd } from './Mutation/cartLinesAdd.ts'
import { cartLinesRemove } from './Mutation/cartLinesRemove.ts'
import { cartLinesUpdate } from './Mutation/cartLinesUpdate.ts'
import { cartMerge } from './Mutation/cartMerge.ts'
import { cart } from './Query/cart.ts'
import { PersonalData } from './PersonalData.ts'
import { User } from './User.ts'

export const resolvers: Resolvers = {
  Query: { cart },
  Mutation: { cartCreate, cartLinesAdd, cartLinesUpdate, cartLinesRemove, cartMerge },
  CappedLine,
  Cart,
  CartLine,
  PersonalData,
  User,
  InsufficientStockError,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
