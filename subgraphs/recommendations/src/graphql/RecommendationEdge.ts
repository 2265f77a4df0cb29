import { toGlobalId } from '@cartograph/global-ids'
import type { RecommendationEdgeResolvers } from '../generated/resolvers.ts'

export const RecommendationEdge: RecommendationEdgeResolvers = {
  node: ({ node: { productId } }) => ({ id: toGlobalId('Product', productId) }),
  score: ({ node }) => node.score,
  reason: ({ node }) => node.reason,
}
