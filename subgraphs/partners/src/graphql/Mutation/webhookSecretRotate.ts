import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { rotateSecret } from '../../webhook/rotate-secret.ts'

export const webhookSecretRotate: MutationResolvers['webhookSecretRotate'] = async (_, { endpointId }, context) => {
  const id = fromGlobalId('WebhookEndpoint', endpointId)
  const { made, userErrors } = await payload('made', () => rotateSecret(context, context.viewer, id))
  return { endpoint: made?.endpoint ?? null, secret: made?.secret ?? null, userErrors }
}
