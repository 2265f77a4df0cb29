import { toGlobalId } from '@cartograph/global-ids'
import type { PartnerEventResolvers } from '../generated/resolvers.ts'

export const PartnerEvent: PartnerEventResolvers = {
  id: (event) => toGlobalId('PartnerEvent', event.id),
  partner: (event, _, { loaders }) => loaders.partner.load(event.partnerId),
  actorId: ({ actorId }) => (actorId === null ? null : toGlobalId('User', actorId)),
}
