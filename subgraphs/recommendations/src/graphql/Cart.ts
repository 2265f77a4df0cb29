import { fromGlobalId } from '@cartograph/global-ids'
import type { CartResolvers } from '../generated/resolvers.ts'
import { listCartSuggestions } from '../recommendation/list-cart-suggestions.ts'

export const Cart: CartResolvers = {
  suggestions: ({ id, lines }, { first }, { loaders }) => {
    const variantIds = lines.map(({ variant }) => fromGlobalId('ProductVariant', variant.id))
    return listCartSuggestions(loaders.suggestions, id, variantIds, first)
  },
}
