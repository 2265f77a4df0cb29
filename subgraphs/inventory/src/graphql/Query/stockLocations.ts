import type { QueryResolvers } from '../../generated/resolvers.ts'
import { listStockLocations } from '../../stock/find-stock.ts'

export const stockLocations: QueryResolvers['stockLocations'] = (_, __, { db }) => listStockLocations(db)
