import { fromGlobalId } from '@cartograph/global-ids'
import type { QueryResolvers } from '../../generated/resolvers.ts'
import { listTrending } from '../../recommendation/list-trending.ts'

export const trending: QueryResolvers['trending'] = (_, { categoryId, ...page }, { db, now }) =>
  listTrending(db, categoryId == null ? null : fromGlobalId('Category', categoryId), page, now())
