/** How far down a ranking is looked. */
export const rankingDepth = 10

/** How good rankings are, each from 0 to 1. */
export interface RankingMetrics {
  readonly ndcg: number
  readonly recall: number
  readonly hitRate: number
}

/**
 * The metrics of one ranking for a set of relevant items that is not empty, at `rankingDepth`. NDCG is that of Järvelin
 * and Kekäläinen (Cumulated Gain-Based Evaluation of IR Techniques, ACM TOIS 2002) with a gain of 1 for what is relevant
 * and a discount of log2(rank + 1), against the ranking that begins with relevant items alone. Recall is the share of
 * the relevant items that were found, hit rate whether any was.
 */
export function measureRanking(ranking: Uint32Array, relevant: ReadonlySet<number>): RankingMetrics {
  let gain = 0
  let hits = 0
  for (const [place, item] of ranking.subarray(0, rankingDepth).entries()) {
    if (!relevant.has(item)) continue
    hits++
    gain += 1 / Math.log2(place + 2)
  }
  let ideal = 0
  for (let place = 0; place < Math.min(rankingDepth, relevant.size); place++) ideal += 1 / Math.log2(place + 2)
  return { ndcg: gain / ideal, recall: hits / relevant.size, hitRate: hits > 0 ? 1 : 0 }
}
