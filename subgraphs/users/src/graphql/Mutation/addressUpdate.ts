import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { signedInUserId } from '@cartograph/viewer'
import { saveAddress } from '../../address/save-address.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const addressUpdate: MutationResolvers['addressUpdate'] = (_, { addressId, input }, context) =>
  payload('address', () => saveAddress(context.db, signedInUserId(context), fromGlobalId('Address', addressId), input))
