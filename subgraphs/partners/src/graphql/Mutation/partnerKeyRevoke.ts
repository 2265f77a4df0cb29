import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { revokeKey } from '../../key/revoke-key.ts'

export const partnerKeyRevoke: MutationResolvers['partnerKeyRevoke'] = (_, { keyId }, context) =>
  payload('key', () => revokeKey(context, context.viewer, fromGlobalId('PartnerKey', keyId)))
