import { payload } from '@cartograph/error-catalogue'
import { verifyEmail } from '../../account/verify-email.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const emailVerify: MutationResolvers['emailVerify'] = (_, { token }, context) =>
  payload('user', () => verifyEmail(context, token))
