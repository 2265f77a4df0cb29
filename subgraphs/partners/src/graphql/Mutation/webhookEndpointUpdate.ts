import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { updateEndpoint } from '../../webhook/update-endpoint.ts'

export const webhookEndpointUpdate: MutationResolvers['webhookEndpointUpdate'] = (_, { endpointId, input }, context) =>
  payload('endpoint', () =>
    updateEndpoint(context, context.viewer, fromGlobalId('WebhookEndpoint', endpointId), {
      url: input.url ?? undefined,
      eventTypes: input.eventTypes ?? undefined,
      isEnabled: input.isEnabled ?? undefined,
    }),
  )
