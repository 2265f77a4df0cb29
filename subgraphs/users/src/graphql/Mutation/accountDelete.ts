import { payload } from '@cartograph/error-catalogue'
import { toGlobalId } from '@cartograph/global-ids'
import { signedInUserId } from '@cartograph/viewer'
import { deleteAccount } from '../../account/delete-account.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const accountDelete: MutationResolvers['accountDelete'] = (_, { currentPassword }, context) =>
  payload('deletedUserId', async () => {
    const userId = signedInUserId(context)
    await deleteAccount(context, userId, currentPassword)
    return toGlobalId('User', userId)
  })
