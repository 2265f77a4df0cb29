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
  const best: number[] = []
  for (const item of candidates) {
    const score = scores[item]!
    if (best.length === count && !(score > scores[best[count - 1]!]!)) continue
    if (isExcluded(item)) continue
    if (best.length === count) best.pop()
    let place = best.length
    while (place > 0 && score > scores[best[place - 1]!]!) place--
    best.splice(place, 0, item)
  }
  return Uint32Array.from(best)
}

/** The numbers of the items with a count, ascending. */
export function countedItems(counts: Uint32Array): Uint32Array {
  return Uint32Array.from(counts.keys().filter((item) => counts[item]! > 0))
}
