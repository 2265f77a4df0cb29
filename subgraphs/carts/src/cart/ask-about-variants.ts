import { UnansweredError } from '@cartograph/service-runtime'
import { askAvailability, type Availability } from './ask-availability.ts'
import { type Offers, offersOf } from './ask-offers.ts'
import type { CartServices } from './cart-services.ts'

/** What products and inventory said of some variants; null where one of them did not answer. */
export interface Findings {
  /** The variants that were asked about: of others nothing is known. */
  readonly asked: ReadonlySet<string>
  readonly offers: Offers | null
  readonly availability: Availability | null
}

export const nothingAsked: Findings = { asked: new Set(), offers: null, availability: null }

const deadlineMs = 500

/** Asks both at once, for what can do without an answer. Never to be called inside a transaction. */
export async function askAboutVariants(
  services: Pick<CartServices, 'products' | 'inventory' | 'logger'>,
  variantIds: readonly string[],
  requestId: string,
): Promise<Findings> {
  if (variantIds.length === 0) return nothingAsked
  const [offers, availability] = await Promise.all([
    offersOf(services.products, variantIds, requestId, deadlineMs).catch((error: unknown) => {
      if (!(error instanceof UnansweredError)) throw error
      services.logger.warn({ err: error, requestId }, 'products did not say what variants cost')
      return null
    }),
    askAvailability(services, variantIds, requestId),
  ])
  return { asked: new Set(variantIds), offers, availability }
}
