import DataLoader from 'dataloader'
import type { RankedProduct } from './recommendation.ts'

/** The best `size` products of the ranking that belongs to `of`. */
export interface RankingKey<Of> {
  readonly of: Of
  readonly size: number
}

/** A row of one of several rankings, which it names by its place among those asked for, counted from 1. */
export interface RowOfRanking extends RankedProduct {
  readonly request: number
}

/**
 * A loader for one request of rankings of any lengths: `find` is asked once for all of a tick, for as many products as
 * the longest needs, and answers those of each by rank.
 */
export function rankingLoaderOf<Of>(find: (of: readonly Of[], size: number) => Promise<readonly RowOfRanking[]>) {
  return new DataLoader<RankingKey<Of>, RankedProduct[]>(async (keys) => {
    const rankings: RankedProduct[][] = keys.map(() => [])
    for (const row of await find(
      keys.map(({ of }) => of),
      Math.max(...keys.map(({ size }) => size)),
    )) {
      if (row.rank <= keys[row.request - 1]!.size) rankings[row.request - 1]!.push(row)
    }
    return rankings
  })
}

export type RankingLoader<Of> = ReturnType<typeof rankingLoaderOf<Of>>
