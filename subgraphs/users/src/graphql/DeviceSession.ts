import { toGlobalId } from '@cartograph/global-ids'
import type { DeviceSessionResolvers } from '../generated/resolvers.ts'

export const DeviceSession: DeviceSessionResolvers = {
  id: (session) => toGlobalId('DeviceSession', session.id),
  current: (session, _, { viewer }) => session.id === viewer.sessionId,
}
