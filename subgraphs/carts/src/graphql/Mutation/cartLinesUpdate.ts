import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { updateLines } from '../../cart/update-lines.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { remember } from '../../loaders.ts'

export const cartLinesUpdate: MutationResolvers['cartLinesUpdate'] = (_, { cartId, lines, expectedVersion }, context) =>
  payload('cart', async () => {
    const id = fromGlobalId('Cart', cartId)
    const updates = lines.map(({ lineId, quantity }) => ({ lineId: fromGlobalId('CartLine', lineId), quantity }))
    return remember(context.loaders, await updateLines(context, context.viewer, id, updates, expectedVersion ?? null))
  })
