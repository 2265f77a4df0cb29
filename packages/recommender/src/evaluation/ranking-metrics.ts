import { ndcg } from '../ndcg.ts'

/** How far down a ranking is looked. */
export const rankingDepth = 10

/** How good rankings are, each from 0 to 1. */
export interface RankingMetrics {
  readonly ndcg: number
  readonly recall: number
  readonly hitRate: number
}

/**
 * The metrics of one ranking for a set of relevant items that is not empty, at `rankingDepth`. Recall is the share of the
 * relevant items that were found, hit rate whether any was.
 */
export function measureRanking(ranking: Uint32Array, relevant: ReadonlySet<number>): RankingMetrics {
  const hits = ranking.subarray(0, rankingDepth).filter((item) => relevant.has(item)).length
  return {
    ndcg: ndcg(ranking, relevant, rankingDepth),
    recall: hits / relevant.size,
    hitRate: hits > 0 ? 1 : 0,
  }
}
