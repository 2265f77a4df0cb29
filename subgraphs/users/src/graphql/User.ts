import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import { asOwnerSees } from '../audit/as-owner-sees.ts'
import { listSecurityEvents } from '../audit/list-security-events.ts'
import type { UserResolvers } from '../generated/resolvers.ts'

export const User: UserResolvers = {
  __resolveReference: ({ id: globalId }, { loaders }) => {
    const id = tryFromGlobalId('User', globalId)
    return id ? loaders.user.load(id) : null
  },
  id: (user) => toGlobalId('User', user.id),
  personalData: (user) => ({ id: toGlobalId('PersonalData', user.id) }),
  addresses: (user, _, { loaders }) => loaders.addressesOfUser.load(user.id),
  defaultAddress: async (user, _, { loaders }) =>
    (await loaders.addressesOfUser.load(user.id)).find((address) => address.isDefault) ?? null,
  sessions: (user, _, { loaders }) => loaders.sessionsOfUser.load(user.id),
  securityEvents: async (user, page, { db }) => {
    const events = await listSecurityEvents(db, { userId: user.id, kind: null }, page)
    return { ...events, edges: events.edges.map((edge) => ({ ...edge, node: asOwnerSees(edge.node, user.id) })) }
  },
}
