import { payload } from '@cartograph/error-catalogue'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { signIn } from '../../session/sign-in.ts'

export const sessionCreate: MutationResolvers['sessionCreate'] = (_, { email, password }, context) =>
  payload('session', () => signIn(context, email, password))
