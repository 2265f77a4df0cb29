import { toGlobalId } from '@cartograph/global-ids'
import type { SecurityEventResolvers } from '../generated/resolvers.ts'

export const SecurityEvent: SecurityEventResolvers = {
  id: (event) => toGlobalId('SecurityEvent', event.id),
  user: ({ userId }, _, { loaders }) => (userId === null ? null : loaders.user.load(userId)),
  actor: ({ actorId }, _, { loaders }) => (actorId === null ? null : loaders.user.load(actorId)),
  sessionId: ({ sessionId }) => (sessionId === null ? null : toGlobalId('DeviceSession', sessionId)),
}
