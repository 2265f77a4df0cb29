import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { signedInUserId } from '@cartograph/viewer'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { recordInteractions } from '../../interaction/record-interactions.ts'

export const interactionRecord: MutationResolvers['interactionRecord'] = (_, { events }, context) =>
  payload('accepted', () =>
    recordInteractions(
      context.db,
      signedInUserId(context),
      events.map((event) => ({ ...event, productId: fromGlobalId('Product', event.productId) })),
      context.now(),
    ),
  )
