import { payload } from '@cartograph/error-catalogue'
import { saveAddress } from '../../address/save-address.ts'
import { signedInUserId } from '../../context.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const addressCreate: MutationResolvers['addressCreate'] = (_, { input }, context) =>
  payload('address', () => saveAddress(context.db, signedInUserId(context), null, input))
