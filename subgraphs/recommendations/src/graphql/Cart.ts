import { fromGlobalId } from '@cartograph/global-ids'
import type { CartResolvers } from '../generated/resolvers.ts'
import { listCartSuggestions } from '../recommendation/list-cart-suggestions.ts'

export const Cart: CartResolvers = {
  suggestions: ({ id, lines }, { first }, { loaders }) =>
    listCartSuggestions(loaders.suggestions, id, lines.map(({ variant }) => fromGlobalId('ProductVariant', variant.id)), first),
}
