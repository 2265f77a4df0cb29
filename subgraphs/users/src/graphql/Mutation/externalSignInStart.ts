import { payload } from '@cartograph/error-catalogue'
import { startExternalSignIn } from '../../external-identity/start-external-sign-in.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const externalSignInStart: MutationResolvers['externalSignInStart'] = (_, { provider, redirectUri }, context) =>
  payload('externalSignIn', () => startExternalSignIn(context, provider, redirectUri))
