import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId, toGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { deleteEndpoint } from '../../webhook/delete-endpoint.ts'

export const webhookEndpointDelete: MutationResolvers['webhookEndpointDelete'] = (_, { endpointId }, context) =>
  payload('deletedEndpointId', async () =>
    toGlobalId(
      'WebhookEndpoint',
      await deleteEndpoint(context, context.viewer, fromGlobalId('WebhookEndpoint', endpointId)),
    ),
  )
