import { payload } from '@cartograph/error-catalogue'
import { registerUser } from '../../account/register-user.ts'
import { asViewer } from '../../context.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { takeAddressAttempt } from '../../limit/take-address-attempt.ts'
import { openSession } from '../../session/open-session.ts'

export const userRegister: MutationResolvers['userRegister'] = (_, { input }, context) =>
  payload('session', async () => {
    await takeAddressAttempt(context)
    return asViewer(context, await openSession(context, await registerUser(context, input)))
  })
