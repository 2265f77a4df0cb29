import { fromGlobalId } from '@cartograph/global-ids'
import { listPartnerEvents } from '../../audit/list-partner-events.ts'
import type { QueryResolvers } from '../../generated/resolvers.ts'

export const partnerEvents: QueryResolvers['partnerEvents'] = (_, { partnerId, ...page }, { db }) =>
  listPartnerEvents(db, partnerId == null ? null : fromGlobalId('Partner', partnerId), page)
