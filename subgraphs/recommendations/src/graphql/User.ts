import { fromGlobalId } from '@cartograph/global-ids'
import type { UserResolvers } from '../generated/resolvers.ts'
import { listRecommendationsOfUser } from '../recommendation/list-recommendations-of-user.ts'

export const User: UserResolvers = {
  recommendations: ({ id }, page, { db }) => listRecommendationsOfUser(db, fromGlobalId('User', id), page),
}
