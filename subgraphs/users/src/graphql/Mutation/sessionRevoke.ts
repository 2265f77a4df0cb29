import type { MutationResolvers } from '../../generated/resolvers.ts'
import { revokeSession } from '../../session/revoke-session.ts'

export const sessionRevoke: MutationResolvers['sessionRevoke'] = async (_, { refreshToken }, context) => ({
  revoked: await revokeSession(context, refreshToken),
  userErrors: [],
})
