import { toGlobalId } from '@cartograph/global-ids'
import type { RecommendationReasonResolvers } from '../generated/resolvers.ts'

export const RecommendationReason: RecommendationReasonResolvers = {
  becauseOf: ({ becauseOf }) => (becauseOf === null ? null : { id: toGlobalId('Product', becauseOf) }),
}
