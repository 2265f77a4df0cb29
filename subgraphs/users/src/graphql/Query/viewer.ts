import type { QueryResolvers } from '../../generated/resolvers.ts'

export const viewer: QueryResolvers['viewer'] = (_, __, { viewer: { userId }, loaders }) =>
  userId === null ? null : loaders.user.load(userId)
