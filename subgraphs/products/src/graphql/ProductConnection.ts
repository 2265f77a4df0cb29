import type { ProductConnectionResolvers } from '../generated/resolvers.ts'
import { countFacets, countProducts } from '../product/count-products.ts'

export const ProductConnection: ProductConnectionResolvers = {
  totalCount: ({ condition }, _, { db }) => countProducts(db, condition),
  facets: ({ condition }, _, { db }) => countFacets(db, condition),
}
