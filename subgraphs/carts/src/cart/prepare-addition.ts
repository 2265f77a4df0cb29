import type { Viewer } from '@cartograph/viewer'
import { askAvailability, type Availability } from './ask-availability.ts'
import { askOffers, type Offers } from './ask-offers.ts'
import { type Demand, demandOf, type LineAddition } from './cart-rules.ts'
import type { CartServices } from './cart-services.ts'

/** What is to be added, with what the other services say of it. */
export interface Addition {
  readonly demand: readonly Demand[]
  readonly offers: Offers
  readonly availability: Availability | null
}

/** Asks products and inventory at once of all that is to be added. Never to be called inside a transaction. */
export async function prepareAddition(
  services: CartServices,
  viewer: Viewer,
  additions: readonly LineAddition[],
): Promise<Addition> {
  const demand = demandOf(additions)
  const variantIds = demand.map(({ variantId }) => variantId)
  const [offers, availability] = await Promise.all([
    askOffers(services.products, variantIds, viewer.requestId),
    askAvailability(services, variantIds, viewer.requestId),
  ])
  return { demand, offers, availability }
}
