import { fromGlobalId } from '@cartograph/global-ids'
import type { ProductResolvers } from '../generated/resolvers.ts'

export const Product: ProductResolvers = {
  purchasedByViewer: async ({ id }, _, { viewer, loaders }) =>
    viewer.userId === null ? null : (await loaders.purchaseByViewer.load(fromGlobalId('Product', id))) !== null,
}
