import type { Connection, Edge } from '@cartograph/keyset-paging'

export type ReasonCode = 'BECAUSE_YOU_BOUGHT' | 'SIMILAR_ITEM' | 'BOUGHT_TOGETHER' | 'TRENDING'

export interface Reason {
  readonly code: ReasonCode
  /** The product that led to it, where a single one did most. */
  readonly becauseOf: string | null
}

export interface Recommendation {
  readonly productId: string
  readonly score: number
  readonly reason: Reason
}

export type RecommendationList = Connection<Recommendation>
export type RecommendedEdge = Edge<Recommendation>

/** A product in a ranking, as it is read: rank 1 is the best. */
export interface RankedProduct {
  readonly rank: number
  readonly productId: string
  readonly score: number
  readonly becauseOf: string | null
}

/** Recommends what is ranked, for one reason. */
export function recommendedFor(code: ReasonCode): (ranked: RankedProduct) => Recommendation {
  return ({ productId, score, becauseOf }) => ({ productId, score, reason: { code, becauseOf } })
}
