import { toGlobalId } from '@cartograph/global-ids'
import type { PartnerKeyResolvers } from '../generated/resolvers.ts'

export const PartnerKey: PartnerKeyResolvers = {
  id: (key) => toGlobalId('PartnerKey', key.id),
}
