import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { createEndpoint } from '../../webhook/create-endpoint.ts'

export const webhookEndpointCreate: MutationResolvers['webhookEndpointCreate'] = async (
  _,
  { partnerId, url, eventTypes },
  context,
) => {
  const input = { partnerId: fromGlobalId('Partner', partnerId), url, eventTypes }
  const { made, userErrors } = await payload('made', () => createEndpoint(context, context.viewer, input))
  return { endpoint: made?.endpoint ?? null, secret: made?.secret ?? null, userErrors }
}
