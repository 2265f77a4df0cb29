import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { addLines } from '../../cart/add-lines.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { remember } from '../../loaders.ts'
import { lineAdditions } from '../line-additions.ts'

export const cartLinesAdd: MutationResolvers['cartLinesAdd'] = (_, { cartId, lines, expectedVersion }, context) =>
  payload('cart', async () => {
    const id = fromGlobalId('Cart', cartId)
    return remember(
      context.loaders,
      await addLines(context, context.viewer, id, lineAdditions(lines), expectedVersion ?? null),
    )
  })
