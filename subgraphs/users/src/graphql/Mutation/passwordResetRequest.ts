import { payload } from '@cartograph/error-catalogue'
import { requestPasswordReset } from '../../account/request-password-reset.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const passwordResetRequest: MutationResolvers['passwordResetRequest'] = (_, { email }, context) =>
  payload('accepted', async () => {
    await requestPasswordReset(context, email)
    return true
  })
