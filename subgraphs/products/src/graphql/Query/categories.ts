import { fromGlobalId } from '@cartograph/global-ids'
import { findRootCategories } from '../../category/find-categories.ts'
import type { QueryResolvers } from '../../generated/resolvers.ts'

export const categories: QueryResolvers['categories'] = (_, { parentId }, { db, loaders }) =>
  parentId == null ? findRootCategories(db) : loaders.childrenOfCategory.load(fromGlobalId('Category', parentId))
