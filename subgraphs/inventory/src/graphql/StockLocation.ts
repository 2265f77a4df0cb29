import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { StockLocationResolvers } from '../generated/resolvers.ts'

export const StockLocation: StockLocationResolvers = {
  __resolveReference: ({ id: globalId }, { loaders }) => {
    const id = tryFromGlobalId('StockLocation', globalId)
    return id ? loaders.stockLocation.load(id) : null
  },
  id: (location) => toGlobalId('StockLocation', location.id),
}
