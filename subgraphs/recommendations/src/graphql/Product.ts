import { fromGlobalId } from '@cartograph/global-ids'
import type { ProductResolvers } from '../generated/resolvers.ts'
import { listNeighbours } from '../recommendation/list-neighbours.ts'

export const Product: ProductResolvers = {
  similar: ({ id }, { first }, { loaders }) =>
    listNeighbours(loaders.similar, 'SIMILAR_ITEM', fromGlobalId('Product', id), first),
  boughtTogether: ({ id }, { first }, { loaders }) =>
    listNeighbours(loaders.boughtTogether, 'BOUGHT_TOGETHER', fromGlobalId('Product', id), first),
}
