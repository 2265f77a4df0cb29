import { payload } from '@cartograph/error-catalogue'
import { signedInUserId } from '@cartograph/viewer'
import { changePassword } from '../../account/change-password.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const passwordChange: MutationResolvers['passwordChange'] = (_, { currentPassword, newPassword }, context) =>
  payload('viewer', () => changePassword(context, signedInUserId(context), currentPassword, newPassword))
