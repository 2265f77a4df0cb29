import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import { fromDecimal, isCurrencyCode } from '@cartograph/money'
import { lineTotal } from '../cart/cart.ts'
import type { CartLineResolvers } from '../generated/resolvers.ts'
import type { CartLineReference } from './references.ts'
import { visible } from './visible.ts'

export const CartLine: CartLineResolvers = {
  __resolveReference: async ({ id: globalId, ...required }, context) => {
    const id = tryFromGlobalId('CartLine', globalId)
    const line = id === null ? null : visible(await context.loaders.cartLine.load(id), context)
    return line && { ...line, variantPrice: required.variant?.price ?? null }
  },
  id: (line) => toGlobalId('CartLine', line.id),
  variant: (line) => ({ id: toGlobalId('ProductVariant', line.variantId) }),
  lineTotal: (line) => lineTotal(line),
  priceChanged: (line) => priceChanged(line),
}

/** Null when what the variant costs now is not known. */
function priceChanged({ unitPrice, variantPrice }: CartLineReference): boolean | null {
  if (!variantPrice || !isCurrencyCode(variantPrice.currencyCode)) return null
  const now = fromDecimal(variantPrice.amount, variantPrice.currencyCode)
  return now && (now.minorUnits !== unitPrice.minorUnits || now.currencyCode !== unitPrice.currencyCode)
}
