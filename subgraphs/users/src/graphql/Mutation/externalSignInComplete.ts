import { payload } from '@cartograph/error-catalogue'
import { asViewer } from '../../context.ts'
import { completeExternalSignIn } from '../../external-identity/complete-external-sign-in.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'

export const externalSignInComplete: MutationResolvers['externalSignInComplete'] = (
  _,
  { state, callbackUrl },
  context,
) => payload('session', async () => asViewer(context, await completeExternalSignIn(context, state, callbackUrl)))
