import { variantOffers } from '@cartograph/contracts'
import { requestError } from '@cartograph/error-catalogue'
import { type Money, money } from '@cartograph/money'
import { type Peer, UnansweredError } from '@cartograph/service-runtime'

/** What a variant costs, and how often its price was set until then. */
export interface Offer {
  readonly price: Money
  readonly version: number
}

/** What variants cost now, for those that can be bought. */
export type Offers = ReadonlyMap<string, Offer>

/** Long enough to sit out a restart: without an answer there is nothing to go on with. */
const patienceMs = 2_000

/** Asks products for the price of each variant. No price, no line: throws SUBGRAPH_UNAVAILABLE without an answer. */
export async function askOffers(products: Peer, variantIds: readonly string[], requestId: string): Promise<Offers> {
  return offersOf(products, variantIds, requestId, patienceMs).catch((error: unknown) => {
    if (!(error instanceof UnansweredError)) throw error
    throw requestError('SUBGRAPH_UNAVAILABLE', 'Prices cannot be looked up at the moment. Try again.', {
      service: 'products',
    })
  })
}

/** As askOffers, once, within `deadlineMs`. Throws UnansweredError without an answer. */
export async function offersOf(
  products: Peer,
  variantIds: readonly string[],
  requestId: string,
  deadlineMs: number,
): Promise<Offers> {
  const offers = await products.ask(variantOffers, { variantIds: [...variantIds] }, { deadlineMs, requestId })
  return new Map(
    offers
      .filter(({ purchasable }) => purchasable)
      .map(({ variantId, unitPrice, currencyCode, version }) => [
        variantId,
        { price: money(unitPrice, currencyCode), version },
      ]),
  )
}
