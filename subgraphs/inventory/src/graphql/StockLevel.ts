import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { StockLevelResolvers } from '../generated/resolvers.ts'
import { listMovements } from '../stock/list-movements.ts'
import { availableUnits } from '../stock/stock-level.ts'

export const StockLevel: StockLevelResolvers = {
  __resolveReference: ({ id: globalId }, { loaders }) => {
    const id = tryFromGlobalId('StockLevel', globalId)
    return id ? loaders.stockLevel.load(id) : null
  },
  id: (level) => toGlobalId('StockLevel', level.id),
  location: async (level, _, { loaders }) => (await loaders.stockLocation.load(level.locationId))!,
  variant: (level) => ({ id: toGlobalId('ProductVariant', level.variantId) }),
  available: (level) => availableUnits(level),
  movements: (level, page, { db }) => listMovements(db, level.id, page),
}
