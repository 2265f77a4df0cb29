import type { Baskets } from './purchase-history.ts'

/** The nearest others of each item, the nearest first: those of item `i` stand from `starts[i]` to `starts[i + 1]`. */
export interface Neighbours {
  readonly starts: Uint32Array
  readonly items: Uint32Array
  readonly scores: Float64Array
}

export interface NeighbourLimits {
  /** In how many baskets two items must be together before that says anything. */
  readonly minimumTogether: number
  /** How many neighbours an item has at most. */
  readonly most: number
}

/**
 * The cosine of every two items over the baskets they are in, together / √(baskets of one × baskets of the other): 1 for
 * two that are always together, near 0 for one that is in every basket anyway. Equal scores are ordered by the item's
 * number. Takes time in the sum of the squares of the basket sizes, and memory in the number of items.
 */
export function cosineNeighbours(baskets: Baskets, { minimumTogether, most }: NeighbourLimits): Neighbours {
  const { itemCount, starts, items } = baskets
  const { starts: occurrenceStarts, basketsOf } = occurrences(baskets)
  const support = (item: number) => occurrenceStarts[item + 1]! - occurrenceStarts[item]!
  const found = {
    starts: new Uint32Array(itemCount + 1),
    items: new Uint32Array(itemCount * most),
    scores: new Float64Array(itemCount * most),
  }
  const together = new Uint32Array(itemCount)
  const met = new Uint32Array(itemCount)
  let end = 0
  for (let item = 0; item < itemCount; item++) {
    let metCount = 0
    for (let at = occurrenceStarts[item]!; at < occurrenceStarts[item + 1]!; at++) {
      const basket = basketsOf[at]!
      for (let place = starts[basket]!; place < starts[basket + 1]!; place++) {
        const other = items[place]!
        if (together[other]!++ === 0) met[metCount++] = other
      }
    }
    const start = end
    for (const other of met.subarray(0, metCount)) {
      const count = together[other]!
      together[other] = 0
      if (other === item || count < minimumTogether) continue
      const score = count / Math.sqrt(support(item) * support(other))
      end = insert(found, start, end, most, other, score)
    }
    found.starts[item + 1] = end
  }
  return { starts: found.starts, items: found.items.subarray(0, end), scores: found.scores.subarray(0, end) }
}

/** Puts an item in its place in the list from `start` to `end`, which keeps the best `most`; answers the new end. */
function insert(
  { items, scores }: Neighbours,
  start: number,
  end: number,
  most: number,
  item: number,
  score: number,
): number {
  const precedes = (place: number) => score > scores[place]! || (score === scores[place] && item < items[place]!)
  if (end - start === most && !precedes(end - 1)) return end
  const newEnd = Math.min(end + 1, start + most)
  let place = newEnd - 1
  for (; place > start && precedes(place - 1); place--) {
    items[place] = items[place - 1]!
    scores[place] = scores[place - 1]!
  }
  items[place] = item
  scores[place] = score
  return newEnd
}

/** The baskets that each item is in. */
function occurrences({ itemCount, starts, items }: Baskets): { starts: Uint32Array; basketsOf: Uint32Array } {
  const ends = new Uint32Array(itemCount + 1)
  for (const item of items) ends[item + 1]!++
  for (let item = 0; item < itemCount; item++) ends[item + 1]! += ends[item]!
  const itemStarts = ends.slice()
  const basketsOf = new Uint32Array(items.length)
  for (let basket = 0; basket < starts.length - 1; basket++) {
    for (let place = starts[basket]!; place < starts[basket + 1]!; place++) basketsOf[ends[items[place]!]!++] = basket
  }
  return { starts: itemStarts, basketsOf }
}
