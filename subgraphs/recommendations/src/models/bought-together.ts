import { cosineNeighbours, type Neighbours } from './cosine-neighbours.ts'
import type { PurchaseHistory } from './purchase-history.ts'

/** One order in common is chance. */
export const boughtTogetherLimits = { minimumTogether: 2, most: 50 }

/**
 * The products that are bought in one order: the cosine over orders. Unlike lift it does not put rare products first,
 * which two orders are enough to make look inseparable.
 */
export function boughtTogether(history: PurchaseHistory): Neighbours {
  return cosineNeighbours(history, boughtTogetherLimits)
}
