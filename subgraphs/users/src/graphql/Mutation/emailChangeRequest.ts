import { payload } from '@cartograph/error-catalogue'
import { signedInUserId } from '@cartograph/viewer'
import { requestEmailChange } from '../../account/request-email-change.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const emailChangeRequest: MutationResolvers['emailChangeRequest'] = (
  _,
  { currentPassword, newEmail },
  context,
) => payload('viewer', () => requestEmailChange(context, signedInUserId(context), currentPassword, newEmail))
