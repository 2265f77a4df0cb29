import { fromGlobalId } from '@cartograph/global-ids'
import type { QueryResolvers } from '../../generated/resolvers.ts'

export const category: QueryResolvers['category'] = (_, { id }, { loaders }) =>
  loaders.category.load(fromGlobalId('Category', id))
