import { variantOffers } from '@cartograph/contracts'
import { requestError } from '@cartograph/error-catalogue'
import { type Money, money } from '@cartograph/money'
import { type Peer, UnansweredError } from '@cartograph/service-runtime'

/** What a variant costs now, for those that can be bought. */
export type Offers = ReadonlyMap<string, Money>

const deadlineMs = 2_000

/** Asks products for the price of each variant. No price, no line: throws SUBGRAPH_UNAVAILABLE without an answer. */
export async function askOffers(products: Peer, variantIds: readonly string[], requestId: string): Promise<Offers> {
  try {
    const offers = await products.ask(variantOffers, { variantIds: [...variantIds] }, { deadlineMs, requestId })
    return new Map(
      offers
        .filter(({ purchasable }) => purchasable)
        .map((offer) => [offer.variantId, money(offer.unitPrice, offer.currencyCode)]),
    )
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error
    throw requestError('SUBGRAPH_UNAVAILABLE', 'Prices cannot be looked up at the moment. Try again.', {
      service: 'products',
    })
  }
}
