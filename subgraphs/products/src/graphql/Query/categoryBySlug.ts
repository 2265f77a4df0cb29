import type { QueryResolvers } from '../../generated/resolvers.ts'

export const categoryBySlug: QueryResolvers['categoryBySlug'] = (_, { slug }, { loaders }) =>
  loaders.categoryBySlug.load(slug)
