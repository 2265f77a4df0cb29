import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import { lineTotal, priceChanged } from '../cart/cart.ts'
import { lineAvailability } from '../cart/line-availability.ts'
import type { CartLineResolvers } from '../generated/resolvers.ts'
import { visible } from './visible.ts'

export const CartLine: CartLineResolvers = {
  __resolveReference: async ({ id: globalId }, context) => {
    const id = tryFromGlobalId('CartLine', globalId)
    return id === null ? null : visible(await context.loaders.cartLine.load(id), context)
  },
  id: (line) => toGlobalId('CartLine', line.id),
  variant: (line) => ({ id: toGlobalId('ProductVariant', line.variantId) }),
  lineTotal: (line) => lineTotal(line),
  priceChanged: (line) => priceChanged(line),
  availability: (line, _, { loaders }) => lineAvailability(line, loaders.standing),
}
