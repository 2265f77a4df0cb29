import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import { sum } from '@cartograph/money'
import { lineTotal } from '../cart/cart.ts'
import type { CartResolvers } from '../generated/resolvers.ts'
import { visible } from './visible.ts'

export const Cart: CartResolvers = {
  __resolveReference: async ({ id: globalId }, context) => {
    const id = tryFromGlobalId('Cart', globalId)
    return id === null ? null : visible(await context.loaders.cart.load(id), context)
  },
  id: (cart) => toGlobalId('Cart', cart.id),
  owner: ({ access: { userId } }) => (userId === null ? null : { id: toGlobalId('User', userId) }),
  lines: (cart, _, { loaders }) => loaders.linesOfCart.load(cart.id),
  totalQuantity: async (cart, _, { loaders }) =>
    (await loaders.linesOfCart.load(cart.id)).reduce((units, { quantity }) => units + quantity, 0),
  subtotal: async (cart, _, { loaders }) =>
    sum((await loaders.linesOfCart.load(cart.id)).map(lineTotal), cart.currencyCode),
}
