import DataLoader from 'dataloader'
import { askAboutVariants } from './ask-about-variants.ts'
import type { CartServices } from './cart-services.ts'
import type { CartLine } from './cart.ts'

export type LineAvailability = 'AVAILABLE' | 'INSUFFICIENT_STOCK' | 'NOT_FOR_SALE'

/** What is known of one variant: null where who knows did not answer. */
export interface VariantStanding {
  readonly forSale: boolean | null
  readonly available: number | null
}

/** As many as one question may name. */
const maxBatchSize = 250

/** Asks products and inventory once for all lines of a tick. */
export function standingLoader(services: CartServices, requestId: string): DataLoader<string, VariantStanding> {
  return new DataLoader<string, VariantStanding>(
    async (variantIds) => {
      const { offers, availability } = await askAboutVariants(services, variantIds, requestId)
      return variantIds.map((variantId) => ({
        forSale: offers && offers.has(variantId),
        available: availability && (availability.get(variantId) ?? 0),
      }))
    },
    { maxBatchSize },
  )
}

/**
 * Whether the line could be bought now; null while that is not known. Of a cart that is held or final nothing is asked:
 * its units are promised or sold to it, and so are not among the available ones.
 */
export async function lineAvailability(
  { cartStatus, variantId, quantity }: CartLine,
  standings: DataLoader<string, VariantStanding>,
): Promise<LineAvailability | null> {
  if (cartStatus !== 'ACTIVE') return null
  const { forSale, available } = await standings.load(variantId)
  if (forSale === false) return 'NOT_FOR_SALE'
  if (forSale === null || available === null) return null
  return quantity <= available ? 'AVAILABLE' : 'INSUFFICIENT_STOCK'
}
