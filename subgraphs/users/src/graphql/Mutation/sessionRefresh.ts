import { payload } from '@cartograph/error-catalogue'
import { asViewer } from '../../context.ts'
import type { MutationResolvers } from '../../generated/resolvers.ts'
import { refreshSession } from '../../session/refresh-session.ts'

export const sessionRefresh: MutationResolvers['sessionRefresh'] = (_, { refreshToken }, context) =>
  payload('session', async () => asViewer(context, await refreshSession(context, refreshToken)))
