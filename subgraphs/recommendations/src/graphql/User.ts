import { fromGlobalId } from '@cartograph/global-ids'
import type { UserResolvers } from '../generated/resolvers.ts'
import { listBuyAgain, listRecommendations } from '../personal/list-personal.ts'

export const User: UserResolvers = {
  recommendations: ({ id }, { placement, ...page }, services) =>
    listRecommendations(services, fromGlobalId('User', id), placement, page),
  buyAgain: ({ id }, page, services) => listBuyAgain(services, fromGlobalId('User', id), page),
}
