import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { replayDelivery } from '../../webhook/replay-delivery.ts'

export const webhookDeliveryReplay: MutationResolvers['webhookDeliveryReplay'] = (_, { deliveryId }, context) =>
  payload('delivery', () => replayDelivery(context, context.viewer, fromGlobalId('WebhookDelivery', deliveryId)))
