import { toGlobalId, tryFromGlobalId } from '@cartograph/global-ids'
import type { PartnerResolvers } from '../generated/resolvers.ts'
import { listManifests } from '../manifest/list-manifests.ts'

export const Partner: PartnerResolvers = {
  __resolveReference: ({ id: globalId }, { loaders }) => {
    const id = tryFromGlobalId('Partner', globalId)
    return id ? loaders.partner.load(id) : null
  },
  id: (partner) => toGlobalId('Partner', partner.id),
  keys: (partner, _, { loaders }) => loaders.keysOfPartner.load(partner.id),
  manifests: (partner, page, { loaders }) => listManifests(loaders.pagesOfManifests, partner.id, page),
  usage: (partner, { days }, { loaders }) => loaders.usageOfPartner(days).load(partner.id),
  webhookEndpoints: (partner, _, { loaders }) => loaders.endpointsOfPartner.load(partner.id),
}
