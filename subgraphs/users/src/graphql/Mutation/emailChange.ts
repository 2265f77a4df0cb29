import { payload } from '@cartograph/error-catalogue'
import { changeEmail } from '../../account/change-email.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const emailChange: MutationResolvers['emailChange'] = (_, { token }, context) =>
  payload('user', () => changeEmail(context, token))
