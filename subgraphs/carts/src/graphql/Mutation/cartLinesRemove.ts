import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { removeLines } from '../../cart/remove-lines.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { remember } from '../../loaders.ts'

export const cartLinesRemove: MutationResolvers['cartLinesRemove'] = (
  _,
  { cartId, lineIds, expectedVersion },
  context,
) =>
  payload('cart', async () => {
    const id = fromGlobalId('Cart', cartId)
    const ids = lineIds.map((lineId) => fromGlobalId('CartLine', lineId))
    return remember(context.loaders, await removeLines(context.db, context.viewer, id, ids, expectedVersion ?? null))
  })
