import { cosineNeighbours, type Neighbours } from './cosine-neighbours.ts'
import { basketsOfBuyers, type PurchaseHistory } from './purchase-history.ts'

/** One buyer in common is chance. */
export const similarProductsLimits = { minimumTogether: 2, most: 50 }

/** The products that appeal to the same buyers: the cosine over buyers, however much each of them bought. */
export function similarProducts(history: PurchaseHistory): Neighbours {
  return cosineNeighbours(basketsOfBuyers(history), similarProductsLimits)
}
