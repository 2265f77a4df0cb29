import { payload } from '@cartograph/error-catalogue'
import { fromGlobalId } from '@cartograph/global-ids'
import { signedInUserId } from '@cartograph/viewer'
import { deleteAddress } from '../../address/delete-address.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const addressDelete: MutationResolvers['addressDelete'] = (_, { addressId }, context) =>
  payload('deletedAddressId', async () => {
    await deleteAddress(context.db, signedInUserId(context), fromGlobalId('Address', addressId))
    return addressId
  })
