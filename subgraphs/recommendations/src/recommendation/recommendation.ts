import type { Connection, Edge } from '@cartograph/keyset-paging'

export type ReasonCode =
  'BECAUSE_YOU_BOUGHT' | 'BECAUSE_YOU_VIEWED' | 'BUY_AGAIN' | 'SIMILAR_ITEM' | 'BOUGHT_TOGETHER' | 'TRENDING'

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

/** A product with how strongly it is recommended, as it is read. */
export interface ScoredProduct {
  readonly productId: string
  readonly score: number
  readonly becauseOf: string | null
}

/** A product in a ranking: rank 1 is the best. */
export interface RankedProduct extends ScoredProduct {
  readonly rank: number
}

/** Recommends what is scored, for one reason. */
export function recommendedFor(code: ReasonCode): (scored: ScoredProduct) => Recommendation {
  return ({ productId, score, becauseOf }) => ({ productId, score, reason: { code, becauseOf } })
}
