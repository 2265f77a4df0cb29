import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { createKey } from '../../key/create-key.ts'

export const partnerKeyCreate: MutationResolvers['partnerKeyCreate'] = async (_, { partnerId, expiresAt }, context) => {
  const input = { partnerId: fromGlobalId('Partner', partnerId), expiresAt: expiresAt ?? null }
  const { made, userErrors } = await payload('made', () => createKey(context, context.viewer, input))
  return { key: made?.key ?? null, secret: made?.secret ?? null, userErrors }
}
