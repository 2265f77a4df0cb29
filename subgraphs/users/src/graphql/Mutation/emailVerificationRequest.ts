import { payload } from '@cartograph/error-catalogue'
import { signedInUserId } from '@cartograph/viewer'
import { requestEmailVerification } from '../../account/request-email-verification.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const emailVerificationRequest: MutationResolvers['emailVerificationRequest'] = (_, __, context) =>
  payload('viewer', () => requestEmailVerification(context, signedInUserId(context)))
