import { payload } from '@cartograph/error-catalogue'
import { signedInUserId } from '@cartograph/viewer'
import { saveAddress } from '../../address/save-address.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const addressCreate: MutationResolvers['addressCreate'] = (_, { input }, context) =>
  payload('address', () => saveAddress(context.db, signedInUserId(context), null, input))
