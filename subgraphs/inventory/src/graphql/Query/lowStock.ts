import type { QueryResolvers } from '../../generated/resolvers.ts'
import { listLowStock } from '../../stock/list-low-stock.ts'

export const lowStock: QueryResolvers['lowStock'] = (_, { threshold, ...page }, { db }) =>
  listLowStock(db, threshold, page)
