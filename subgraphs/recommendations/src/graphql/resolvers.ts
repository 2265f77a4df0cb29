import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { Cart } from './Cart.ts'
import { interactionRecord } from './Mutation/interactionRecord.ts'
import { Product } from './Product.ts'
import { trending } from './Query/trending.ts'
import { RecommendationEdge } from './RecommendationEdge.ts'
import { RecommendationReason } from './RecommendationReason.ts'
import { User } from './User.ts'

export const resolvers: Resolvers = {
  Query: { trending },
  Mutation: { interactionRecord },
  Cart,
  Product,
  User,
  RecommendationEdge,
  RecommendationReason,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
