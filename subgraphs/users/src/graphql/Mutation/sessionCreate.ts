import { payload } from '@cartograph/error-catalogue'
import { asViewer } from '../../context.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { signIn } from '../../session/sign-in.ts'

export const sessionCreate: MutationResolvers['sessionCreate'] = (_, { email, password }, context) =>
  payload('session', async () => asViewer(context, await signIn(context, email, password)))
