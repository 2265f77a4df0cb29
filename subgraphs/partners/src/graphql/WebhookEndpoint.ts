import { toGlobalId } from '@cartograph/global-ids'
import type { WebhookEndpointResolvers } from '../generated/resolvers.ts'
import { listDeliveries } from '../webhook/list-deliveries.ts'

export const WebhookEndpoint: WebhookEndpointResolvers = {
  id: (endpoint) => toGlobalId('WebhookEndpoint', endpoint.id),
  deliveries: (endpoint, { status, ...page }, { loaders }) =>
    listDeliveries(loaders.pagesOfDeliveries(status ?? null), endpoint.id, status ?? null, page),
}
