import { payload } from '@cartograph/error-catalogue'
import { openCart } from '../../cart/open-cart.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { remember } from '../../loaders.ts'
import { lineAdditions } from '../line-additions.ts'

export const cartCreate: MutationResolvers['cartCreate'] = async (_, { currencyCode, lines }, context) => {
  const { opened, userErrors } = await payload('opened', () =>
    openCart(context, context.viewer, currencyCode, lineAdditions(lines ?? [])),
  )
  return { cart: opened && remember(context.loaders, opened), cartToken: opened?.token ?? null, userErrors }
}
