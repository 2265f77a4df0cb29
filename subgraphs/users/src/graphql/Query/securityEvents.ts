import { fromGlobalId } from '@cartograph/global-ids'
import { listSecurityEvents } from '../../audit/list-security-events.ts'
import type { QueryResolvers } from '../../generated/resolvers.ts'

export const securityEvents: QueryResolvers['securityEvents'] = (_, { userId, kind, ...page }, { db }) =>
  listSecurityEvents(db, { userId: userId == null ? null : fromGlobalId('User', userId), kind: kind ?? null }, page)
