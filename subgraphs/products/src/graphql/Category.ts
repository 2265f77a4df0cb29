import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { CategoryResolvers } from '../generated/resolvers.ts'
import { listProducts } from '../product/list-products.ts'
import { everyProduct } from '../product/product-condition.ts'

export const Category: CategoryResolvers = {
  __resolveReference: (reference, { loaders }) => {
    if ('slug' in reference) return loaders.categoryBySlug.load(reference.slug)
    const id = tryFromGlobalId('Category', reference.id)
    return id ? loaders.category.load(id) : null
  },
  id: (category) => toGlobalId('Category', category.id),
  parent: ({ parentId }, _, { loaders }) => (parentId ? loaders.category.load(parentId) : null),
  children: (category, _, { loaders }) => loaders.childrenOfCategory.load(category.id),
  products: (category, { sort, ...page }, { db }) =>
    listProducts(db, { ...everyProduct, categoryId: category.id }, sort, page),
}
