import { payload } from '@cartograph/error-catalogue'
import { resetPassword } from '../../account/reset-password.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const passwordReset: MutationResolvers['passwordReset'] = (_, { token, newPassword }, context) =>
  payload('user', () => resetPassword(context, token, newPassword))
