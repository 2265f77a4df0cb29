import { resolveUserErrorType } from '@cartograph/error-catalogue'
import { DateTime, Decimal, moneyResolvers } from '@cartograph/service-runtime'
import type { Resolvers } from '../generated/resolvers.ts'
import { stockAdjust } from './Mutation/stockAdjust.ts'
import { stockBackorderLimitSet } from './Mutation/stockBackorderLimitSet.ts'
import { stockLocationCreate } from './Mutation/stockLocationCreate.ts'
import { Product } from './Product.ts'
import { ProductVariant } from './ProductVariant.ts'
import { lowStock } from './Query/lowStock.ts'
import { stockLocations } from './Query/stockLocations.ts'
import { StockLevel } from './StockLevel.ts'
import { StockLocation } from './StockLocation.ts'

export const resolvers: Resolvers = {
  Query: { stockLocations, lowStock },
  Mutation: { stockAdjust, stockBackorderLimitSet, stockLocationCreate },
  Product,
  ProductVariant,
  StockLevel,
  StockLocation,
  Money: moneyResolvers,
  UserError: { __resolveType: resolveUserErrorType },
  DateTime,
  Decimal,
}
