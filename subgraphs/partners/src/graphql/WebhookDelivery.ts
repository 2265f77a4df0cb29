import { toGlobalId } from '@cartograph/global-ids'
import type { WebhookDeliveryResolvers } from '../generated/resolvers.ts'

export const WebhookDelivery: WebhookDeliveryResolvers = {
  id: (delivery) => toGlobalId('WebhookDelivery', delivery.id),
  attempts: (delivery, _, { loaders }) => loaders.attemptsOfDelivery.load(delivery.id),
}
