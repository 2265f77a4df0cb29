import type { CurrencyCode } from '@cartograph/money'
import type { Offer } from './ask-offers.ts'
import type { CartLine } from './cart.ts'

/** A line as it is to be: of a variant that is in the cart already, or a new one. */
export interface LinePut {
  readonly variantId: string
  readonly quantity: number
  readonly unitPrice: number
  readonly currentUnitPrice: number
  readonly priceVersion: number
  readonly position: number
}

export interface LineChanges {
  readonly puts: readonly LinePut[]
  readonly removedIds: readonly string[]
  /** What the cart is priced in from now on, where that is new. */
  readonly currencyCode?: CurrencyCode
}

/** How a line is put at the price of an offer, or at a later one that the line has heard of. */
export function atOffer(
  line: CartLine | undefined,
  { price, version }: Offer,
): Pick<LinePut, 'unitPrice' | 'currentUnitPrice' | 'priceVersion'> {
  const heardLater = line !== undefined && line.priceVersion > version
  const { minorUnits } = heardLater ? line.currentUnitPrice : price
  return {
    unitPrice: minorUnits,
    currentUnitPrice: minorUnits,
    priceVersion: heardLater ? line.priceVersion : version,
  }
}

/** The line as it stands. */
export function putOf(line: CartLine): LinePut {
  const { variantId, quantity, unitPrice, currentUnitPrice, priceVersion, position } = line
  return {
    variantId,
    quantity,
    unitPrice: unitPrice.minorUnits,
    currentUnitPrice: currentUnitPrice.minorUnits,
    priceVersion,
    position,
  }
}
