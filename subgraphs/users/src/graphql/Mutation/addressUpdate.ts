import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { saveAddress } from '../../address/save-address.ts'
import { signedInUserId } from '../../context.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const addressUpdate: MutationResolvers['addressUpdate'] = (_, { addressId, input }, context) =>
  payload('address', () => saveAddress(context.db, signedInUserId(context), fromGlobalId('Address', addressId), input))
