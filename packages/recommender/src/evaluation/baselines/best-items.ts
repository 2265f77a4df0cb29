import { TopItems } from '../../top-items.ts'

/**
 * Of the candidates, given by ascending number, those with the greatest scores, `count` at most: the greatest first,
 * equal scores by the lower number. `isExcluded` takes candidates out.
 */
export function bestItems(
  candidates: Uint32Array,
  scores: Float64Array,
  count: number,
  isExcluded: (item: number) => boolean,
): Uint32Array {
  const top = new TopItems(count)
  for (const item of candidates) if (!isExcluded(item)) top.offer(item, scores[item]!)
  return top.items
}

/** The numbers of the items with a count, ascending. */
export function countedItems(counts: Uint32Array): Uint32Array {
  return Uint32Array.from(counts.keys().filter((item) => counts[item]! > 0))
}
